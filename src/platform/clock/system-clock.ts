import { Clock } from '../../kernel/clock/clock.js';

/**
 * The wall clock, or, for demos and replays, one that starts at another instant and runs on from there
 * (CLOCK_NOW). The only place that reads the machine's time for business code.
 */
export class SystemClock extends Clock {
  private readonly offsetMs: number;

  constructor(timeZone: string, startsAt?: string) {
    super(timeZone);
    this.offsetMs = startsAt ? new Date(startsAt).getTime() - Date.now() : 0;
  }

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}
