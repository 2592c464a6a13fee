import type { CalendarDate } from '../calendar/calendar-date.js';
import { dateAt } from '../calendar/calendar-date.js';
import type { PaymentWeek } from '../calendar/payment-week.js';
import { weekOf } from '../calendar/payment-week.js';

/** The one source of "now" and "today" for all business code, so that a past week can be replayed. */
export abstract class Clock {
  /** @param timeZone the fleet's zone (APP_TIMEZONE), in which a day begins and ends */
  constructor(readonly timeZone: string) {}

  abstract now(): Date;

  today(): CalendarDate {
    return dateAt(this.now(), this.timeZone);
  }

  currentWeek(): PaymentWeek {
    return weekOf(this.today());
  }
}
