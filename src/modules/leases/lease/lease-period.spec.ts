import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { requireLeasePeriod } from './lease-period.js';

describe('the period of a lease', () => {
  const start = calendarDate('2025-10-29');

  it.each(['2025-10-29', '2025-10-30', '2026-01-01'])('can end on %s', (end) => {
    expect(() => requireLeasePeriod(start, calendarDate(end))).not.toThrow();
  });

  it('can have no end', () => {
    expect(() => requireLeasePeriod(start, null)).not.toThrow();
  });

  it.each([
    ['0001-01-01', null],
    ['1949-12-31', '2025-10-29'],
    ['2025-10-29', '2150-01-01'],
    ['9999-12-31', null],
  ])('cannot last from %s to %s because that is implausible', (from, to) => {
    expect(() => requireLeasePeriod(calendarDate(from), to === null ? null : calendarDate(to))).toThrow(
      expect.objectContaining({
        code: 'LEASE_DATES_INVALID',
        message: expect.stringMatching(/^(start|end)_date must be between 1950-01-01 and 2149-12-31 /),
      }),
    );
  });

  it('accepts unchanged dates, even implausible ones', () => {
    const [from, to] = [calendarDate('0001-01-01'), calendarDate('9999-12-31')];
    expect(() => requireLeasePeriod(from, to, [from, to])).not.toThrow();
    expect(() => requireLeasePeriod(from, to, [from, null])).toThrow(/^end_date must be/);
  });

  it.each(['2025-10-28', '2024-12-31'])('cannot end on %s before it starts', (end) => {
    expect(() => requireLeasePeriod(start, calendarDate(end))).toThrow(
      expect.objectContaining({
        code: 'LEASE_DATES_INVALID',
        message: `The lease must not end (${end}) before it starts (2025-10-29).`,
      }),
    );
  });
});
