import { Injectable, OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { HealthReport, HealthIndicatorRegistry } from '../../../platform/health/health-indicator-registry.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { PostingScheduleService } from '../posting-runs/posting-schedule.service.js';

/** A posting takes a few minutes. Later than this, an operator should look. */
const GRACE_MS = 3_600_000;

/** Reports in /health/ready whether the scheduled posting of the latest week is done, and whether it is overdue. */
@Injectable()
export class PostingHealthIndicator implements OnModuleInit {
  constructor(
    private readonly schedule: PostingScheduleService,
    private readonly clock: Clock,
    private readonly posting: InstallmentPostingService,
    private readonly indicators: HealthIndicatorRegistry,
  ) {}

  onModuleInit(): void {
    this.indicators.register('posting', () => this.report());
  }

  private async report(): Promise<HealthReport> {
    const { week, since } = this.schedule.latest();
    const isDone = await this.posting.hasPostedScheduled(week);
    return {
      isDegraded: !isDone && this.clock.now().getTime() - since.getTime() > GRACE_MS,
      details: { week: week.start, due_at: since.toISOString(), state: isDone ? 'posted' : 'not posted' },
    };
  }
}
