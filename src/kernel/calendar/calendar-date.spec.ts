import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  calendarDate,
  dateAt,
  dayOfWeek,
  daysBetween,
  instantAt,
  isCalendarDate,
  yearOf,
} from './calendar-date.js';

const NEW_YORK = 'America/New_York';
const DAY_MS = 86_400_000;
/** Days since 1970-01-01, within the years that both PostgreSQL and four digits can represent. */
const anyDay = fc.integer({ min: -700_000, max: 2_900_000 });
/** The same day according to the Date class, which the service does not use for calendar dates. */
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

describe('a calendar date', () => {
  it.each(['2025-10-29', '2024-02-29', '2000-02-29', '2025-12-31', '0001-01-01', '9999-12-31'])(
    'can be %p',
    (text) => {
      expect(isCalendarDate(text)).toBe(true);
      expect(calendarDate(text)).toBe(text);
    },
  );

  it.each<[unknown]>([
    // days that do not exist
    ['2026-02-30'],
    ['2025-02-29'],
    ['1900-02-29'],
    ['2025-04-31'],
    ['2025-13-01'],
    ['2025-00-10'],
    ['2025-01-00'],
    ['2025-01-32'],
    // years that PostgreSQL does not have, or that have more than four digits
    ['0000-01-01'],
    ['0000-12-31'],
    ['-000001-01-01'],
    ['10000-01-01'],
    ['+010000-01-01'],
    ['+002025-10-29'],
    // other notations
    ['20251029'],
    ['2025-10-29T00:00:00Z'],
    ['2025-10-29T00:00'],
    ['2025-10-29[u-ca=iso8601]'],
    ['2025-W44-3'],
    ['2025-302'],
    ['10/29/2025'],
    ['2025-1-2'],
    ['2025-10-29 '],
    [' 2025-10-29'],
    ['2025-10-29\n'],
    ['२०२५-१०-२९'],
    [''],
    ['today'],
    // not a text
    [null],
    [undefined],
    [20251029],
    [new Date('2025-10-29')],
    [['2025-10-29']],
    [{}],
  ])('cannot be %p', (input) => {
    expect(isCalendarDate(input)).toBe(false);
  });

  it('names an invalid text in the error', () => {
    expect(() => calendarDate('2026-02-30')).toThrow(new RangeError('2026-02-30 is not a calendar date'));
  });

  it('accepts the same days as the Date class', () => {
    fc.assert(fc.property(anyDay, (day) => expect(isCalendarDate(dateOf(day))).toBe(true)));
  });
});

describe('the day calculation', () => {
  it.each([
    ['2025-10-29', 10, '2025-11-08'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2025-10-29', 0, '2025-10-29'],
  ])('starts from %s, adds %i days and returns %s', (date, days, result) => {
    expect(addDays(calendarDate(date), days)).toBe(result);
    expect(daysBetween(calendarDate(date), calendarDate(result))).toBe(days);
  });

  it('counts calendar days, so that a week with a time change has seven', () => {
    expect(daysBetween(calendarDate('2025-03-08'), calendarDate('2025-03-15'))).toBe(7);
    expect(daysBetween(calendarDate('2025-11-01'), calendarDate('2025-11-08'))).toBe(7);
  });

  it('counts 366 days in a leap year and 365 in any other year', () => {
    expect(daysBetween(calendarDate('2024-01-01'), calendarDate('2025-01-01'))).toBe(366);
    expect(daysBetween(calendarDate('2025-01-01'), calendarDate('2026-01-01'))).toBe(365);
  });

  it('agrees with Temporal', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (first, second) => {
        const [from, to] = [calendarDate(dateOf(first)), calendarDate(dateOf(second))];
        const start = Temporal.PlainDate.from(from);
        expect(addDays(from, second - first)).toBe(start.add({ days: second - first }).toString());
        expect(daysBetween(from, to)).toBe(start.until(to, { largestUnit: 'day' }).days);
        expect(dayOfWeek(from)).toBe(start.dayOfWeek % 7);
      }),
    );
  });

  it.each([
    ['2025-11-02', 0],
    ['2025-11-03', 1],
    ['2025-10-29', 3],
    ['2025-11-08', 6],
  ])('returns for %s the day of the week %i, where Sunday is 0', (date, day) => {
    expect(dayOfWeek(calendarDate(date))).toBe(day);
  });

  it('returns the year', () => {
    expect(yearOf(calendarDate('2025-12-31'))).toBe(2025);
    expect(yearOf(calendarDate('0001-01-01'))).toBe(1);
  });
});

describe('the local date', () => {
  it.each([
    ['2025-11-02T03:59:59.999Z', '2025-11-01'],
    ['2025-11-02T04:00:00.000Z', '2025-11-02'],
    // an hour later in winter
    ['2025-11-03T04:59:59.999Z', '2025-11-02'],
    ['2025-11-03T05:00:00.000Z', '2025-11-03'],
    ['2026-01-01T04:59:59.999Z', '2025-12-31'],
  ])('is at %s in New York %s', (instant, date) => {
    expect(dateAt(new Date(instant), NEW_YORK)).toBe(date);
  });

  it('depends on the time zone', () => {
    const instant = new Date('2025-10-29T20:00:00Z');
    expect(dateAt(instant, 'UTC')).toBe('2025-10-29');
    expect(dateAt(instant, 'Asia/Tokyo')).toBe('2025-10-30');
  });
});

describe('a local hour', () => {
  it.each([
    ['2025-10-26', 5, '2025-10-26T09:00:00.000Z'],
    ['2025-11-02', 5, '2025-11-02T10:00:00.000Z'],
    ['2026-03-08', 5, '2026-03-08T09:00:00.000Z'],
    ['2025-11-02', 0, '2025-11-02T04:00:00.000Z'],
    // 01:00 occurs twice that night: the first one counts
    ['2025-11-02', 1, '2025-11-02T05:00:00.000Z'],
    // 02:00 does not occur that night: the clocks show 03:00 instead
    ['2026-03-08', 2, '2026-03-08T07:00:00.000Z'],
    ['2025-10-29', 23, '2025-10-30T03:00:00.000Z'],
  ])('is on %s in New York at hour %i the instant %s', (date, hour, instant) => {
    expect(instantAt(calendarDate(date), hour, NEW_YORK).toISOString()).toBe(instant);
  });

  it('is on its own date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(NEW_YORK, 'UTC', 'Asia/Tokyo', 'Australia/Lord_Howe'),
        (day, hour, timeZone) => {
          const date = calendarDate(dateOf(day));
          expect(dateAt(instantAt(date, hour, timeZone), timeZone)).toBe(date);
        },
      ),
    );
  });
});
