import type { CalendarDate } from '../kernel/calendar/calendar-date.js';
import { instantAt } from '../kernel/calendar/calendar-date.js';
import { Clock } from '../kernel/clock/clock.js';

/** A clock that only moves when it is set. The demo history uses it to replay past weeks. */
export class FixedClock extends Clock {
  constructor(
    timeZone: string,
    private instant: Date,
  ) {
    super(timeZone);
  }

  override now(): Date {
    return this.instant;
  }

  setTo(date: CalendarDate, hour: number): void {
    this.instant = instantAt(date, hour, this.timeZone);
  }
}
