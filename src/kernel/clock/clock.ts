import type { CalendarDate } from '../calendar/calendar-date.js';
import { dateAt } from '../calendar/calendar-date.js';
import type { PaymentWeek } from '../calendar/payment-week.js';
import { weekOf } from '../calendar/payment-week.js';

/** The only source of "now" and "today" for business code, so that a past week can be replayed. */
export abstract class Clock {
  /** @param timeZone the time zone of the fleet (APP_TIMEZONE). Days begin and end in it. */
  constructor(readonly timeZone: string) {}

  abstract now(): Date;

  today(): CalendarDate {
    return dateAt(this.now(), this.timeZone);
  }

  currentWeek(): PaymentWeek {
    return weekOf(this.today());
  }
}
