import { BeforeApplicationShutdown, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Scheduled, ScheduledJobs } from '../../../platform/scheduling/scheduled-jobs.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { PostingScheduleService } from '../posting-runs/posting-schedule.service.js';

/**
 * The scheduled posting. Every ten seconds, and at the start of the process, it asks which week's posting time has
 * come (Sunday 05:00 in New York by default), and has that week posted once. So an outage on Sunday, a restart, a
 * killed process and daylight saving need no rule of their own: the next tick sees the same week not yet done.
 */
@Injectable()
export class WeeklyPostingJob implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(WeeklyPostingJob.name);
  /** Sunday of the week that this process knows to be done: it spares the database a question every tick */
  private doneWeek: CalendarDate | null = null;
  private running: Promise<void> | null = null;
  private readonly stop = new AbortController();

  constructor(
    private readonly timetable: PostingScheduleService,
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

  /** The run under way finishes its chunk; the next start takes up the rest, as it does after a kill. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async postIfDue(): Promise<void> {
    const { week } = this.timetable.latest();
    if (week.start === this.doneWeek || this.stop.signal.aborted) return;
    try {
      await this.posting.postScheduled(week, this.stop.signal);
      if (!this.stop.signal.aborted) this.doneWeek = week.start;
    } catch (error) {
      this.logger.error(
        error,
        `the posting of the week of ${week.start} stopped; it goes on at the next tick`,
      );
    }
  }
}
