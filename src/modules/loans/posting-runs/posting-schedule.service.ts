import { Injectable } from '@nestjs/common';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { latestPostingWeek, postingInstant, PostingTime } from './posting-calendar.js';
import type { PostingScheduleView } from './posting-run.view.js';

/** Computes posting times from the settings and the clock. */
@Injectable()
export class PostingScheduleService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** The latest week whose posting time has come, and that time. */
  latest(): { readonly week: PaymentWeek; readonly since: Date } {
    const week = latestPostingWeek(this.clock.now(), this.clock.today(), this.time);
    return { week, since: postingInstant(week, this.time) };
  }

  /** Today, and the next scheduled posting. */
  read(): PostingScheduleView {
    const next = weeksAfter(this.latest().week, 1);
    return {
      today: this.clock.today(),
      time_zone: this.clock.timeZone,
      next_run: { week_start: next.start, week_end: next.end, at: postingInstant(next, this.time) },
    };
  }

  private get time(): PostingTime {
    return {
      day: this.config.LOAN_POSTING_DAY,
      hour: this.config.LOAN_POSTING_HOUR,
      timeZone: this.clock.timeZone,
    };
  }
}
