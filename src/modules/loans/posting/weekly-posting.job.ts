import { BeforeApplicationShutdown, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Scheduled, ScheduledJobs } from '../../../platform/scheduling/scheduled-jobs.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { PostingScheduleService } from '../posting-runs/posting-schedule.service.js';

/**
 * The scheduled posting. At the start of the process and every ten seconds it finds the latest week whose posting time has
 * passed (Sunday 05:00 in New York by default) and posts that week once. After an outage on Sunday, a restart or a killed
 * process, and across daylight saving, the next tick finds the week that is still to post.
 */
@Injectable()
export class WeeklyPostingJob implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(WeeklyPostingJob.name);
  /** Sunday of the latest week that this process has seen completed, so that not every tick asks the database */
  private doneWeek: CalendarDate | null = null;
  private running: Promise<void> | null = null;
  private readonly stop = new AbortController();

  constructor(
    private readonly schedule: PostingScheduleService,
    private readonly posting: InstallmentPostingService,
    private readonly jobs: ScheduledJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.runAtStart(() => this.tick());
  }

  @Scheduled(CronExpression.EVERY_10_SECONDS)
  tick(): void {
    this.running ??= this.postIfDue().finally(() => {
      this.running = null;
    });
  }

  /** The current run completes its batch. The next start resumes the rest, as after a kill. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async postIfDue(): Promise<void> {
    const { week } = this.schedule.latest();
    if (week.start === this.doneWeek || this.stop.signal.aborted) return;
    try {
      await this.posting.postScheduled(week, this.stop.signal);
      if (!this.stop.signal.aborted) this.doneWeek = week.start;
    } catch (error) {
      this.logger.error(
        error,
        `the posting of the week of ${week.start} stopped; it is resumed at the next tick`,
      );
    }
  }
}
