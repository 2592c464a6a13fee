import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { ledgerWeek } from './ledger-week.js';

const week = (start: string, end?: string) =>
  ledgerWeek(calendarDate(start), end === undefined ? undefined : calendarDate(end));

const refusal = (field: string, sentence: string) =>
  expect.objectContaining({
    code: 'PERIOD_NOT_A_PAYMENT_WEEK',
    message: sentence,
    fields: [{ field, message: sentence }],
  });

describe('the payment week of a posting', () => {
  it.each([
    ['2025-11-02', undefined, '2025-11-08'],
    ['2025-11-02', '2025-11-08', '2025-11-08'],
    ['2025-12-28', '2026-01-03', '2026-01-03'],
    ['9999-12-19', undefined, '9999-12-25'],
  ])('from %s to %s ends on %s', (start, end, saturday) => {
    expect(week(start, end)).toEqual({ start, end: saturday });
  });

  it.each([
    ['2025-11-03', '2025-11-02', '2025-11-09'],
    ['2025-11-08', '2025-11-02', '2025-11-09'],
  ])('cannot begin on %s, and the error names the Sundays %s and %s', (start, before, after) => {
    expect(() => week(start)).toThrow(
      refusal(
        'payment_period_start',
        `${start} is not a Sunday; the nearest Sundays are ${before} and ${after}.`,
      ),
    );
  });

  it.each(['2025-11-02', '2025-11-07', '2025-11-09', '2025-11-15', '2025-11-01'])(
    'cannot end on %s because that is not its Saturday',
    (end) => {
      expect(() => week('2025-11-02', end)).toThrow(
        refusal('payment_period_end', `The payment week of 2025-11-02 ends on 2025-11-08, not on ${end}.`),
      );
    },
  );

  it('cannot be the week in which the year 9999 ends', () => {
    expect(() => week('9999-12-26')).toThrow(
      refusal('payment_period_start', 'The payment week of 9999-12-26 ends after the latest supported date.'),
    );
  });
});
