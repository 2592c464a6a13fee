import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { reportPeriod } from './report-period.js';

describe('the period of a report over past weeks', () => {
  const period = (start?: string, end?: string, today = '2025-11-05') =>
    reportPeriod(
      {
        ...(start === undefined ? {} : { start: calendarDate(start) }),
        ...(end === undefined ? {} : { end: calendarDate(end) }),
      },
      calendarDate(today),
    );
  const invalid = (field: string, sentence: string) =>
    expect.objectContaining({
      code: 'REPORT_PERIOD_INVALID',
      message: sentence,
      fields: [{ field, message: sentence }],
    });

  it.each([
    ['the eight weeks up to the current one by default', undefined, undefined, '2025-09-14', '2025-11-08'],
    [
      'through the current week if only the start is given',
      '2025-10-26',
      undefined,
      '2025-10-26',
      '2025-11-08',
    ],
    [
      'the eight weeks up to the end if only the end is given',
      undefined,
      '2025-11-01',
      '2025-09-07',
      '2025-11-01',
    ],
    ['from the start to the end if both are given', '2025-11-02', '2025-11-08', '2025-11-02', '2025-11-08'],
    ['260 weeks at most', '2020-11-15', '2025-11-08', '2020-11-15', '2025-11-08'],
  ])('is %s', (_, start, end, from, to) => {
    expect(period(start, end)).toEqual({ start: from, end: to });
  });

  it.each([
    [
      '2025-11-03',
      undefined,
      'period_start',
      'The period must begin on a Sunday (got 2025-11-03). The nearest Sundays are 2025-11-02 and 2025-11-09.',
    ],
    [
      undefined,
      '2025-11-07',
      'period_end',
      'The period must end on a Saturday (got 2025-11-07). Its payment week ends on 2025-11-08.',
    ],
    [
      '2025-11-02',
      '2025-11-01',
      'period_end',
      'The period ends on 2025-11-01, before it begins on 2025-11-02.',
    ],
    [undefined, '0001-01-06', 'period_end', '0001-01-06 is too close to the earliest supported date.'],
    [
      '2020-11-08',
      '2025-11-08',
      'period_start',
      'The report covers at most 260 weeks (got 261, from 2020-11-08 to 2025-11-08).',
    ],
  ])('cannot be from %s to %s', (start, end, field, sentence) => {
    expect(() => period(start, end)).toThrow(invalid(field, sentence));
  });
});
