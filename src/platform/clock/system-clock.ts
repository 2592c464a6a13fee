import { Clock } from '../../kernel/clock/clock.js';

/**
 * The system time. For demos and replays it starts at CLOCK_NOW and runs on from there. Only this class reads the
 * machine's time for business code.
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
