import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { permissionsToCancel, permissionsToVoid } from './separation-of-duties.js';

const day = (date: string) => date as CalendarDate;
const SATURDAY = day('2025-11-08');
const SUNDAY_AFTER = day('2025-11-09');

describe('the void of a loan posting', () => {
  const debit = { sourceType: 'LOAN_INSTALLMENT', periodEnd: SATURDAY };
  const writeOff = { sourceType: 'WRITE_OFF', periodEnd: SATURDAY };

  it.each([
    ['a charge on the last day of its week needs no further permission', debit, SATURDAY, []],
    ['a charge after its week needs loans:write-off', debit, SUNDAY_AFTER, ['loans:write-off']],
    ['a write-off needs loans:write-off in its own week too', writeOff, SATURDAY, ['loans:write-off']],
  ])('requires the correct permissions: %s', (_, posting, today, needed) => {
    expect(permissionsToVoid(posting, today)).toEqual(needed);
  });
});

describe('the cancellation of a loan', () => {
  const loan = { status: 'ON_HOLD' as const, firstWeek: day('2025-11-02'), wasPosted: false };

  it.each([
    ['never posted, in its first week', {}, SATURDAY, []],
    ['never posted, after its first week', {}, SUNDAY_AFTER, ['loans:write-off']],
    ['posted once', { wasPosted: true }, SATURDAY, ['loans:write-off']],
    ['that is a draft, after its first week', { status: 'DRAFT' as const }, SUNDAY_AFTER, []],
  ])('requires the correct permissions: %s', (_, changes, today, needed) => {
    expect(permissionsToCancel({ ...loan, ...changes }, today)).toEqual(needed);
  });
});
