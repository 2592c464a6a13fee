import { Temporal } from 'temporal-polyfill';
import { Clock } from '../../src/kernel/clock/clock.js';

/** A clock that only moves when the test moves it. */
export class MutableClock extends Clock {
  private instant: Temporal.Instant;

  /** @param start an instant with its offset, such as 2025-10-29T09:00:00-04:00 */
  constructor(start: string, timeZone = 'America/New_York') {
    super(timeZone);
    this.instant = Temporal.Instant.from(start);
  }

  override now(): Date {
    return new Date(this.instant.epochMilliseconds);
  }

  /** @param instant with its offset, such as 2025-11-02T05:00:00-05:00 */
  set(instant: string): void {
    this.instant = Temporal.Instant.from(instant);
  }

  /** Moves to the same local time `days` days later, also over a change to or from summer time. */
  advanceDays(days: number): void {
    this.instant = this.instant.toZonedDateTimeISO(this.timeZone).add({ days }).toInstant();
  }
}
