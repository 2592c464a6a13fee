import fc from 'fast-check';
import { addDays, calendarDate, dayOfWeek, daysBetween } from './calendar-date.js';
import { isSunday, nearestSundays, weekOf, weeksAfter } from './payment-week.js';

const anyDate = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(calendarDate('1970-01-01'), days));

describe('a payment week', () => {
  it.each([
    ['2025-11-02', '2025-11-02', '2025-11-08'],
    ['2025-11-08', '2025-11-02', '2025-11-08'],
    ['2025-11-09', '2025-11-09', '2025-11-15'],
    ['2025-10-29', '2025-10-26', '2025-11-01'],
    // over the year's end
    ['2025-12-31', '2025-12-28', '2026-01-03'],
    ['2026-01-03', '2025-12-28', '2026-01-03'],
    ['2026-01-04', '2026-01-04', '2026-01-10'],
    ['2028-01-01', '2027-12-26', '2028-01-01'],
    ['2023-01-01', '2023-01-01', '2023-01-07'],
    // over a leap day
    ['2024-02-29', '2024-02-25', '2024-03-02'],
  ])('of %s begins on Sunday %s and ends on Saturday %s', (date, start, end) => {
    expect(weekOf(calendarDate(date))).toEqual({ start, end });
  });

  it('contains its date and lasts from a Sunday to the Saturday six days later', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const { start, end } = weekOf(date);
        expect([dayOfWeek(start), dayOfWeek(end), daysBetween(start, end)]).toEqual([0, 6, 6]);
        expect(start <= date && date <= end).toBe(true);
        expect(weekOf(start)).toEqual(weekOf(end));
      }),
    );
  });
});

describe('the payment week', () => {
  const week = weekOf(calendarDate('2025-12-28'));

  it.each([
    [0, '2025-12-28', '2026-01-03'],
    [1, '2026-01-04', '2026-01-10'],
    [52, '2026-12-27', '2027-01-02'],
    [-1, '2025-12-21', '2025-12-27'],
  ])('that is %i weeks after 2025-12-28 lasts from %s to %s', (count, start, end) => {
    expect(weeksAfter(week, count)).toEqual({ start, end });
  });
});

describe('the Sunday check', () => {
  it.each([
    ['2025-11-02', true],
    ['2025-11-03', false],
    ['2025-11-08', false],
  ])('returns for %s the result %p', (date, is) => {
    expect(isSunday(calendarDate(date))).toBe(is);
  });

  it.each([
    ['2025-11-03', '2025-11-02', '2025-11-09'],
    ['2025-11-08', '2025-11-02', '2025-11-09'],
    ['2025-12-31', '2025-12-28', '2026-01-04'],
  ])('finds around %s the Sundays %s and %s', (date, before, after) => {
    expect(nearestSundays(calendarDate(date))).toEqual([before, after]);
  });
});
