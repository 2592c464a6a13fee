import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { weekOf, weeksAfter } from '../../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import type { LoanStatus } from '../../loan/loan-status.js';
import { checkStartWeek } from '../loan-terms.js';

/** A draft is approved by a user other than its creator. Throws LOAN_NOT_A_DRAFT or APPROVAL_BY_CREATOR. */
export function checkApproval(
  loan: { readonly loanId: string; readonly status: LoanStatus; readonly createdBy: number | null },
  approver: number | null,
): void {
  if (loan.status !== 'DRAFT') {
    throw new DomainError(
      'LOAN_NOT_A_DRAFT',
      `Only a draft loan can be approved (${loan.loanId} is ${loan.status}).`,
    );
  }
  if (approver === loan.createdBy) {
    throw new DomainError('APPROVAL_BY_CREATOR', 'You cannot approve a loan that you created.');
  }
}

/** Throws CREATOR_REQUIRED if a loan that needs an approval would have no creator. */
export function checkCreator(status: 'DRAFT' | 'ACTIVE', creator: number | null): void {
  if (status === 'ACTIVE' || creator !== null) return;
  throw new DomainError(
    'CREATOR_REQUIRED',
    'A loan that needs an approval must have a creator. On the command line, name the user with --as EMAIL.',
  );
}

/**
 * The Sunday on which an approved loan begins: the requested one, otherwise that of the draft, or the next payment week
 * if that has passed. Throws START_WEEK_NOT_SUNDAY or START_WEEK_OUT_OF_RANGE for a requested one.
 */
export function approvedStartWeek(
  requested: CalendarDate | undefined,
  draft: CalendarDate,
  today: CalendarDate,
): CalendarDate {
  if (requested !== undefined) {
    checkStartWeek(requested, today);
    return requested;
  }
  const current = weekOf(today);
  return draft < current.start ? weeksAfter(current, 1).start : draft;
}
