import { Clock } from './clock.js';

class StoppedClock extends Clock {
  constructor(
    private readonly instant: string,
    timeZone: string,
  ) {
    super(timeZone);
  }

  override now(): Date {
    return new Date(this.instant);
  }
}

describe('the clock', () => {
  it.each([
    ['2025-10-29T13:00:00Z', 'America/New_York', '2025-10-29', '2025-10-26'],
    // Saturday night in New York is Sunday in UTC, and the week of the fleet has not begun
    ['2025-11-02T03:59:59Z', 'America/New_York', '2025-11-01', '2025-10-26'],
    ['2025-11-02T03:59:59Z', 'UTC', '2025-11-02', '2025-11-02'],
    ['2025-11-02T04:00:00Z', 'America/New_York', '2025-11-02', '2025-11-02'],
  ])('shows at %s in %s the date %s and the week of %s', (instant, timeZone, today, week) => {
    const clock = new StoppedClock(instant, timeZone);
    expect(clock.today()).toBe(today);
    expect(clock.currentWeek().start).toBe(week);
  });
});
