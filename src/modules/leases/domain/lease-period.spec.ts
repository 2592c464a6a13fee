import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { requireLeasePeriod } from './lease-period.js';

describe('the period of a lease', () => {
  const start = calendarDate('2025-10-29');

  it.each(['2025-10-29', '2025-10-30', '2026-01-01'])('may end on %s', (end) => {
    expect(() => requireLeasePeriod(start, calendarDate(end))).not.toThrow();
  });

  it('may have no end', () => {
    expect(() => requireLeasePeriod(start, null)).not.toThrow();
  });

  it.each(['2025-10-28', '2024-12-31'])('does not end before it starts, on %s', (end) => {
    expect(() => requireLeasePeriod(start, calendarDate(end))).toThrow(
      expect.objectContaining({
        code: 'LEASE_DATES_INVALID',
        message: `The lease would end on ${end}, before it starts on 2025-10-29.`,
      }),
    );
  });
});
