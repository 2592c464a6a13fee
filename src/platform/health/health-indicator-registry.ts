import { Injectable } from '@nestjs/common';

/** What a part of the service says of itself in /health/ready. */
export interface HealthReport {
  /** Whether somebody should look after it */
  readonly isDegraded: boolean;
  /** Stands beside `status` */
  readonly details: Readonly<Record<string, string | number | null>>;
}

/**
 * What other modules tell the operator in /health/ready. It never takes a replica out of rotation: what is overdue is
 * so on every replica, and taking all of them away would turn a delay into an outage.
 */
@Injectable()
export class HealthIndicatorRegistry {
  private readonly registered = new Map<string, () => Promise<HealthReport>>();

  get all(): ReadonlyMap<string, () => Promise<HealthReport>> {
    return this.registered;
  }

  register(part: string, ask: () => Promise<HealthReport>): void {
    this.registered.set(part, ask);
  }
}
