import type { CalendarDate } from '../kernel/calendar/calendar-date.js';
import { instantAt } from '../kernel/calendar/calendar-date.js';
import { Clock } from '../kernel/clock/clock.js';

/** Stands still where it was put: under it the demo fleet lives through its past weeks. */
export class SteppedClock extends Clock {
  constructor(
    timeZone: string,
    private instant: Date,
  ) {
    super(timeZone);
  }

  override now(): Date {
    return this.instant;
  }

  stepTo(date: CalendarDate, hour: number): void {
    this.instant = instantAt(date, hour, this.timeZone);
  }
}
