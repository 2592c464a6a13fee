import { Injectable, OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { HealthNotice, HealthNotices } from '../../../platform/health/health-notices.js';
import { latestPostingWeek, postingInstant } from '../domain/posting-calendar.js';
import { InstallmentPostingService } from '../installment-posting.service.js';

/** The posting takes minutes at most; where it is not done by then, somebody should look. */
const GRACE_MS = 3_600_000;

/** Tells in /health/ready whether the scheduled posting of the latest week is done, and whether it is overdue. */
@Injectable()
export class PostingPunctuality implements OnModuleInit {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly posting: InstallmentPostingService,
    private readonly notices: HealthNotices,
  ) {}

  onModuleInit(): void {
    this.notices.register('posting', () => this.notice());
  }

  private async notice(): Promise<HealthNotice> {
    const time = {
      day: this.config.LOAN_POSTING_DAY,
      hour: this.config.LOAN_POSTING_HOUR,
      timeZone: this.clock.timeZone,
    };
    const now = this.clock.now();
    const week = latestPostingWeek(now, this.clock.today(), time);
    const dueAt = postingInstant(week, time);
    const isDone = await this.posting.hasPostedScheduled(week);
    return {
      isDegraded: !isDone && now.getTime() - dueAt.getTime() > GRACE_MS,
      details: { week: week.start, due_at: dueAt.toISOString(), state: isDone ? 'posted' : 'not posted' },
    };
  }
}
