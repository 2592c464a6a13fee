import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { receiptsPeriod } from './receipts-period.js';

const TODAY = calendarDate('2025-11-05');
const period = (from?: string, to?: string) =>
  receiptsPeriod(
    {
      ...(from === undefined ? {} : { from: calendarDate(from) }),
      ...(to === undefined ? {} : { to: calendarDate(to) }),
    },
    TODAY,
  );

describe('the period of a receipts report', () => {
  it.each([
    ['today by default', undefined, undefined, '2025-11-05', '2025-11-05'],
    ['from a day through today', '2025-11-02', undefined, '2025-11-02', '2025-11-05'],
    ['only the last day if no first day is requested', undefined, '2025-11-01', '2025-11-01', '2025-11-01'],
    ['a whole year', '2024-01-01', '2024-12-31', '2024-01-01', '2024-12-31'],
  ])('is %s', (_, from, to, first, last) => {
    expect(period(from, to)).toEqual({ from: first, to: last });
  });

  it.each([
    ['2025-11-03', '2025-11-02'],
    ['2025-11-06', undefined],
    ['2024-01-01', '2025-01-01'],
    ['0001-01-01', '9999-12-31'],
  ])('cannot be from %s to %s', (from, to) => {
    expect(() => period(from, to)).toThrow(
      expect.objectContaining({
        code: 'REPORT_PERIOD_INVALID',
        fields: [expect.objectContaining({ field: 'from' })],
      }),
    );
  });
});
