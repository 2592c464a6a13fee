import type { CalendarDate } from '../kernel/calendar/calendar-date.js';
import { instantAt } from '../kernel/calendar/calendar-date.js';
import { Clock } from '../kernel/clock/clock.js';

/** Stands still where it was put: under it the demo fleet lives through its past weeks. */
export class SteppedClock extends Clock {
  private instant = new Date(0);

  override now(): Date {
    return this.instant;
  }

  stepTo(date: CalendarDate, hour: number): void {
    this.instant = instantAt(date, hour, this.timeZone);
  }
}
