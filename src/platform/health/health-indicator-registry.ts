import { Injectable } from '@nestjs/common';

/** The health of a part of the service in /health/ready. */
export interface HealthReport {
  /** Whether an operator should check it */
  readonly isDegraded: boolean;
  /** Shown next to `status` */
  readonly details: Readonly<Record<string, string | number | null>>;
}

/**
 * Health indicators of other modules in /health/ready. They never take a replica out of rotation: an overdue job is
 * overdue on every replica, and removing all of them would turn a delay into an outage.
 */
@Injectable()
export class HealthIndicatorRegistry {
  private readonly registered = new Map<string, () => Promise<HealthReport>>();

  get all(): ReadonlyMap<string, () => Promise<HealthReport>> {
    return this.registered;
  }

  register(part: string, check: () => Promise<HealthReport>): void {
    this.registered.set(part, check);
  }
}
