import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { LoanStatus } from './loan-status.js';

/**
 * A draft is approved by somebody else than its creator, and not after its first week has passed: part of its schedule
 * would be in the past. Throws LOAN_NOT_A_DRAFT, APPROVAL_BY_CREATOR or START_WEEK_PASSED.
 */
export function checkApproval(
  loan: {
    readonly loanId: string;
    readonly status: LoanStatus;
    readonly createdBy: number | null;
    readonly startWeek: CalendarDate;
  },
  approver: number | null,
  today: CalendarDate,
): void {
  if (loan.status !== 'DRAFT') {
    throw new DomainError(
      'LOAN_NOT_A_DRAFT',
      `${loan.loanId} is ${loan.status}; only a DRAFT is there to be approved.`,
    );
  }
  if (approver === loan.createdBy) {
    throw new DomainError(
      'APPROVAL_BY_CREATOR',
      `${loan.loanId} is approved by somebody else than the one who created it.`,
    );
  }
  const current = weekOf(today).start;
  if (loan.startWeek < current) {
    throw new DomainError(
      'START_WEEK_PASSED',
      `The first week of ${loan.loanId}, ${loan.startWeek}, lies before the current one, ${current}; cancel it and create it anew.`,
    );
  }
}
