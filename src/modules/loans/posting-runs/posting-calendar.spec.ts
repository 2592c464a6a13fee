import fc from 'fast-check';
import type { CalendarDate, DayOfWeek } from '../../../kernel/calendar/calendar-date.js';
import { addDays, calendarDate, dateAt, instantAt } from '../../../kernel/calendar/calendar-date.js';
import { weeksAfter } from '../../../kernel/calendar/payment-week.js';
import type { PostingTime } from './posting-calendar.js';
import { latestPostingWeek, postingPeriod } from './posting-calendar.js';

const SUNDAY_AT_FIVE: PostingTime = { day: 0, hour: 5, timeZone: 'America/New_York' };

const weekAt = (now: Date, time: PostingTime) => latestPostingWeek(now, dateAt(now, time.timeZone), time);
const at = (instant: string, time: PostingTime = SUNDAY_AT_FIVE): CalendarDate =>
  weekAt(new Date(instant), time).start;
const justBefore = (instant: string, time: PostingTime = SUNDAY_AT_FIVE): CalendarDate =>
  weekAt(new Date(Date.parse(instant) - 1), time).start;

describe('the weekly posting, on Sunday at 05:00 in New York', () => {
  it.each([
    ['2025-07-06T09:00:00Z', '2025-06-29', '2025-07-06'],
    ['2025-12-07T10:00:00Z', '2025-11-30', '2025-12-07'],
    // the Sundays on which summer time begins: 02:00 does not occur, and 05:00 comes an hour earlier
    ['2025-03-09T09:00:00Z', '2025-03-02', '2025-03-09'],
    ['2026-03-08T09:00:00Z', '2026-03-01', '2026-03-08'],
    // the Sundays on which it ends: 01:00 occurs twice, and 05:00 comes an hour later
    ['2025-11-02T10:00:00Z', '2025-10-26', '2025-11-02'],
    ['2026-11-01T10:00:00Z', '2026-10-25', '2026-11-01'],
  ])('changes at %s from the week of %s to the week of %s', (instant, before, after) => {
    expect(justBefore(instant)).toBe(before);
    expect(at(instant)).toBe(after);
  });

  it.each([
    ['just after', '2025-11-02T05:00:01-05:00'],
    ['after an outage on Sunday', '2025-11-02T23:00:00-05:00'],
    ['on Wednesday', '2025-11-05T12:00:00-05:00'],
    ['in the last minute of the week', '2025-11-08T23:59:59.999-05:00'],
    ['on the next Sunday, before its hour', '2025-11-09T04:59:59.999-05:00'],
  ])('is due for the week of 2025-11-02 %s', (_, instant) => {
    expect(at(instant)).toBe('2025-11-02');
  });
});

describe('a posting time', () => {
  it.each<[string, DayOfWeek, number, string, string, string]>([
    ['Wednesday at 17:00', 3, 17, '2025-11-05T17:00:00-05:00', '2025-10-26', '2025-11-02'],
    ['Saturday at 23:00', 6, 23, '2025-11-08T23:00:00-05:00', '2025-10-26', '2025-11-02'],
    ['Sunday at midnight', 0, 0, '2025-11-02T00:00:00-04:00', '2025-10-26', '2025-11-02'],
    [
      'Monday at 05:00, after the change of Sunday',
      1,
      5,
      '2026-03-09T05:00:00-04:00',
      '2026-03-01',
      '2026-03-08',
    ],
    [
      'Sunday at 02:00, which is left out: at 03:00',
      0,
      2,
      '2026-03-08T03:00:00-04:00',
      '2026-03-01',
      '2026-03-08',
    ],
    [
      'Sunday at 01:00, which comes twice: the first',
      0,
      1,
      '2025-11-02T01:00:00-04:00',
      '2025-10-26',
      '2025-11-02',
    ],
  ])('can be %s', (_, day, hour, instant, before, after) => {
    const time = { ...SUNDAY_AT_FIVE, day, hour };
    expect(justBefore(instant, time)).toBe(before);
    expect(at(instant, time)).toBe(after);
  });

  it('does not go back when the hour repeats', () => {
    expect(at('2025-11-02T01:00:00-05:00', { ...SUNDAY_AT_FIVE, hour: 1 })).toBe('2025-11-02');
  });

  it('is in the time zone of the fleet', () => {
    const tokyo = { ...SUNDAY_AT_FIVE, timeZone: 'Asia/Tokyo' };
    expect(justBefore('2025-11-02T05:00:00+09:00', tokyo)).toBe('2025-10-26');
    expect(at('2025-11-02T05:00:00+09:00', tokyo)).toBe('2025-11-02');
    expect(at('2025-11-02T05:00:00+09:00')).toBe('2025-10-26');
  });
});

describe('the latest posting week, at any moment and posting time', () => {
  const anyMoment = fc.date({
    min: new Date('2024-12-01T00:00:00Z'),
    max: new Date('2027-01-31T00:00:00Z'),
    noInvalidDate: true,
  });
  const anyTime = fc.record({
    day: fc.constantFrom<DayOfWeek>(0, 1, 2, 3, 4, 5, 6),
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: fc.constantFrom('America/New_York', 'UTC', 'Asia/Tokyo', 'Australia/Sydney'),
  });

  it('has its posting time in the past and that of the next week in the future', () => {
    fc.assert(
      fc.property(anyMoment, anyTime, (now, time) => {
        const week = weekAt(now, time);
        const postsAt = (start: CalendarDate) =>
          instantAt(addDays(start, time.day), time.hour, time.timeZone).getTime();
        expect(postsAt(week.start)).toBeLessThanOrEqual(now.getTime());
        expect(postsAt(weeksAfter(week, 1).start)).toBeGreaterThan(now.getTime());
      }),
    );
  });

  it('never goes back over time', () => {
    const anyPause = fc.oneof(fc.nat(3_600_000), fc.nat(40 * 86_400_000));
    fc.assert(
      fc.property(anyMoment, anyPause, anyTime, (now, pause, time) => {
        const later = new Date(now.getTime() + pause);
        expect(weekAt(later, time).start >= weekAt(now, time).start).toBe(true);
      }),
    );
  });
});

describe('the period of a manual run', () => {
  const WEDNESDAY = calendarDate('2025-11-05');
  const period = (start?: string, end?: string, today: string = WEDNESDAY, isDryRun = false) =>
    postingPeriod(
      {
        isDryRun,
        ...(start === undefined ? {} : { start: calendarDate(start) }),
        ...(end === undefined ? {} : { end: calendarDate(end) }),
      },
      calendarDate(today),
    );
  const invalid = (field: string, sentence: string) =>
    expect.objectContaining({
      code: 'POSTING_PERIOD_INVALID',
      message: sentence,
      fields: [{ field, message: sentence }],
    });

  it.each([
    ['the current week by default', undefined, undefined, '2025-11-02', '2025-11-08'],
    ['one week if only its start is given', '2025-10-26', undefined, '2025-10-26', '2025-11-01'],
    ['one week if only its end is given', undefined, '2025-11-01', '2025-10-26', '2025-11-01'],
    ['several weeks if both are given', '2025-10-05', '2025-11-08', '2025-10-05', '2025-11-08'],
  ])('is %s', (_, start, end, from, to) => {
    expect(period(start, end)).toEqual({ start: from, end: to });
  });

  it.each(['2025-11-02', '2025-11-08'])('is by default the week of 2025-11-02 on %s', (today) => {
    expect(period(undefined, undefined, today)).toEqual({ start: '2025-11-02', end: '2025-11-08' });
  });

  it.each(['2025-11-03', '2025-11-08'])('cannot begin on %s because that is not a Sunday', (start) => {
    expect(() => period(start)).toThrow(
      invalid(
        'payment_period_start',
        `The period must begin on a Sunday (got ${start}). The nearest Sundays are 2025-11-02 and 2025-11-09.`,
      ),
    );
  });

  it.each(['2025-11-02', '2025-11-07'])('cannot end on %s because that is not a Saturday', (end) => {
    expect(() => period('2025-10-26', end)).toThrow(
      invalid(
        'payment_period_end',
        `The period must end on a Saturday (got ${end}). Its payment week ends on 2025-11-08.`,
      ),
    );
  });

  it('cannot end before it begins', () => {
    expect(() => period('2025-11-02', '2025-11-01')).toThrow(
      invalid('payment_period_end', 'The period ends on 2025-11-01, before it begins on 2025-11-02.'),
    );
  });

  it.each([
    ['2025-11-09', undefined, '2025-11-05', '2025-11-09'],
    [undefined, '2025-11-15', '2025-11-05', '2025-11-09'],
    ['2025-11-02', '2025-11-22', '2025-11-05', '2025-11-16'],
    // the last day before it begins
    ['2025-11-09', undefined, '2025-11-08', '2025-11-09'],
  ])('from %s to %s is rejected on %s because the week of %s has not begun', (start, end, today, week) => {
    expect(() => period(start, end, today)).toThrow(
      expect.objectContaining({
        code: 'POSTING_WEEK_NOT_BEGUN',
        message: `The week of ${week} has not begun (today is ${today}).`,
      }),
    );
  });

  it.each([
    ['2025-11-09', undefined, '2025-11-05'],
    ['2025-11-02', '2025-11-15', '2025-11-08'],
  ])('of a dry run can include the coming week: from %s to %s on %s', (start, end, today) => {
    expect(period(start, end, today, true)).toEqual({ start, end: '2025-11-15' });
    expect(() => period(start, end, today)).toThrow('The week of 2025-11-09 has not begun');
  });

  it('of a dry run cannot include a week after the coming one', () => {
    expect(() => period('2025-11-16', undefined, WEDNESDAY, true)).toThrow(
      expect.objectContaining({
        code: 'POSTING_WEEK_NOT_BEGUN',
        message:
          'The week of 2025-11-16 has not begun (today is 2025-11-05). A dry run can include the next week, 2025-11-09.',
      }),
    );
  });

  it('can be a week that begins today', () => {
    expect(period('2025-11-09', undefined, '2025-11-09')).toEqual({ start: '2025-11-09', end: '2025-11-15' });
  });
});
