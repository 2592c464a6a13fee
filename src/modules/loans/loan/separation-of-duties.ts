import type { Permission } from '../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { INSTALLMENT_SOURCE, WRITE_OFF_SOURCE } from './ledger-source.js';
import type { LoanStatus } from './loan-status.js';

/*
 * Only who may write a loan off may make what was lent disappear (docs/domain.md, "Write-off"): two steps that are allowed
 * one by one never add up to it. While a week lasts, its posting is a mistake that a clerk corrects; after that it is a
 * debt of the driver.
 */

const WRITE_OFF: readonly Permission[] = ['loans:write-off'];
const NONE: readonly Permission[] = [];

/** What the void of a loan's own posting needs beside `ledger:void`: of a write-off, and of a debt after its week. */
export function permissionsToVoid(
  posting: { readonly sourceType: string; readonly periodEnd: CalendarDate },
  today: CalendarDate,
): readonly Permission[] {
  if (posting.sourceType === WRITE_OFF_SOURCE) return WRITE_OFF;
  const isOldDebt = posting.sourceType === INSTALLMENT_SOURCE && posting.periodEnd < today;
  return isOldDebt ? WRITE_OFF : NONE;
}

/**
 * What the cancellation of a loan needs beside `loans:update`: of one that ever had a posting, voided or not, and of
 * one whose first week is over, which only a hold has kept out of the ledger. A draft is not lent yet.
 */
export function permissionsToCancel(
  loan: { readonly status: LoanStatus; readonly firstWeek: CalendarDate; readonly wasPosted: boolean },
  today: CalendarDate,
): readonly Permission[] {
  if (loan.status === 'DRAFT') return NONE;
  return loan.wasPosted || weekOf(loan.firstWeek).end < today ? WRITE_OFF : NONE;
}
