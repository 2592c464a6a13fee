import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { receiptOf } from './receipt.js';

const TODAY = calendarDate('2025-11-05');
const of = (received_on: string) =>
  receiptOf({ method: 'CASH', received_on: calendarDate(received_on) }, TODAY);

describe('the receipt of a payment', () => {
  it('has the current date and no note by default', () => {
    expect(receiptOf({}, TODAY)).toEqual({ method: 'OTHER', receivedOn: TODAY, note: null });
    expect(receiptOf({ source_type: 'WEEKLY_EARNINGS' }, TODAY)).toMatchObject({ method: 'EARNINGS' });
    expect(receiptOf({ source_type: 'WEEKLY_EARNINGS', method: 'CASH' }, TODAY)).toMatchObject({
      method: 'CASH',
    });
  });

  it('has the date and the note of the request', () => {
    const received_on = calendarDate('2025-11-03');
    expect(receiptOf({ method: 'CHECK', received_on, note: 'No. 117' }, TODAY)).toEqual({
      method: 'CHECK',
      receivedOn: '2025-11-03',
      note: 'No. 117',
    });
  });

  it.each(['2025-11-05', '2024-11-04'])('can have the date %s', (day) => {
    expect(of(day).receivedOn).toBe(day);
  });

  it.each(['2025-11-06', '2026-11-03', '2024-11-03', '0001-01-01'])('cannot have the date %s', (day) => {
    const message = `received_on must be between 2024-11-04 and 2025-11-05 (got ${day})`;
    expect(() => of(day)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', fields: [{ field: 'received_on', message }] }),
    );
  });
});
