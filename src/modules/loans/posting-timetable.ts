import { Injectable } from '@nestjs/common';
import type { PaymentWeek } from '../../kernel/calendar/payment-week.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { latestPostingWeek, postingInstant, PostingTime } from './domain/posting-calendar.js';

/** The settings of the weekly posting, applied to the clock. */
@Injectable()
export class PostingTimetable {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** The latest week whose posting time has come, and when it came. */
  latest(): { readonly week: PaymentWeek; readonly since: Date } {
    const time: PostingTime = {
      day: this.config.LOAN_POSTING_DAY,
      hour: this.config.LOAN_POSTING_HOUR,
      timeZone: this.clock.timeZone,
    };
    const week = latestPostingWeek(this.clock.now(), this.clock.today(), time);
    return { week, since: postingInstant(week, time) };
  }
}
