import type { Permission } from '../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { INSTALLMENT_SOURCE, WRITE_OFF_SOURCE } from './ledger-source.js';
import type { LoanStatus } from './loan-status.js';

/*
 * Only a user with loans:write-off may remove what a driver owes on a loan (docs/domain.md, "Write-off"), also with a
 * combination of other operations. During its payment week, a clerk may correct a posting; after that, the driver owes
 * it.
 */

const WRITE_OFF: readonly Permission[] = ['loans:write-off'];
const NONE: readonly Permission[] = [];

/** The permissions that the void of a loan posting needs in addition to `ledger:void`. */
export function permissionsToVoid(
  posting: { readonly sourceType: string; readonly periodEnd: CalendarDate },
  today: CalendarDate,
): readonly Permission[] {
  if (posting.sourceType === WRITE_OFF_SOURCE) return WRITE_OFF;
  const isOldObligation = posting.sourceType === INSTALLMENT_SOURCE && posting.periodEnd < today;
  return isOldObligation ? WRITE_OFF : NONE;
}

/**
 * The permissions that the cancellation of a loan needs in addition to `loans:update`. A loan needs them if it ever had
 * a posting, even a voided one, or if its first week is over: then only a hold has prevented the posting. A draft is
 * not lent yet and needs none.
 */
export function permissionsToCancel(
  loan: { readonly status: LoanStatus; readonly firstWeek: CalendarDate; readonly wasPosted: boolean },
  today: CalendarDate,
): readonly Permission[] {
  if (loan.status === 'DRAFT') return NONE;
  return loan.wasPosted || weekOf(loan.firstWeek).end < today ? WRITE_OFF : NONE;
}
