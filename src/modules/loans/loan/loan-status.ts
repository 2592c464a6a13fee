import { codesOf } from '../../../kernel/codes/labels.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

export const LOAN_STATUS_LABELS = {
  DRAFT: 'Draft',
  ACTIVE: 'Active',
  ON_HOLD: 'On hold',
  CLOSED: 'Closed',
  CANCELLED: 'Cancelled',
} as const;

export type LoanStatus = keyof typeof LOAN_STATUS_LABELS;

export const LOAN_STATUSES = codesOf(LOAN_STATUS_LABELS);

/** The allowed status changes of a loan (docs/domain.md, "Loan status"). */
const TRANSITIONS: Readonly<Record<LoanStatus, readonly LoanStatus[]>> = {
  DRAFT: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['ON_HOLD', 'CLOSED', 'CANCELLED'],
  ON_HOLD: ['ACTIVE', 'CANCELLED'],
  CLOSED: [],
  CANCELLED: [],
};

/** Status changes that a user cannot set: they happen automatically or through another operation. */
const NOT_BY_USER: readonly { from: LoanStatus; to: LoanStatus; because: string }[] = [
  { from: 'ACTIVE', to: 'CLOSED', because: 'a loan closes automatically when everything is paid' },
  { from: 'DRAFT', to: 'ACTIVE', because: 'a draft becomes active when a colleague approves it' },
];

/** Throws LOAN_TRANSITION_FORBIDDEN unless a user may change the status from `from` to `to`. */
export function checkStatusChange(from: LoanStatus, to: LoanStatus): void {
  if (!TRANSITIONS[from].includes(to)) {
    const allowed = TRANSITIONS[from].join(' or ');
    const advice = allowed ? `It can change to ${allowed}.` : `${from} is a final status.`;
    throw new DomainError(
      'LOAN_TRANSITION_FORBIDDEN',
      `A loan cannot change from ${from} to ${to}. ${advice}`,
    );
  }
  const exception = NOT_BY_USER.find((step) => step.from === from && step.to === to);
  if (exception) {
    throw new DomainError(
      'LOAN_TRANSITION_FORBIDDEN',
      `A loan cannot be set from ${from} to ${to}: ${exception.because}.`,
    );
  }
}

/** Only a loan that is lent and not settled can be paid off or written off. Throws LOAN_NOT_OPEN. */
export function checkOpen(loan: { readonly loanId: string; readonly status: LoanStatus }): void {
  if (loan.status !== 'ACTIVE' && loan.status !== 'ON_HOLD') {
    throw new DomainError(
      'LOAN_NOT_OPEN',
      `The loan must be ACTIVE or ON_HOLD (${loan.loanId} is ${loan.status}).`,
    );
  }
}

const NOT_POSTED: Readonly<Record<Exclude<LoanStatus, 'ACTIVE'>, string>> = {
  DRAFT: 'Approve it first.',
  ON_HOLD: 'Resume it first.',
  CLOSED: 'It has nothing left to post.',
  CANCELLED: 'It has nothing left to post.',
};

/** Why posting runs skip the loan, and what to do about it; null if it is ACTIVE. */
export function postingRefusal(loan: {
  readonly loanId: string;
  readonly status: LoanStatus;
}): { readonly code: 'LOAN_NOT_ACTIVE'; readonly message: string } | null {
  const { loanId, status } = loan;
  if (status === 'ACTIVE') return null;
  return {
    code: 'LOAN_NOT_ACTIVE',
    message: `Only an active loan can be posted (${loanId} is ${status}). ${NOT_POSTED[status]}`,
  };
}

export const INSTALLMENT_STATUS_LABELS = {
  SCHEDULED: 'Scheduled',
  DUE: 'Due',
  POSTED: 'Posted',
  PAID: 'Paid',
  SKIPPED: 'Skipped',
} as const;

export type InstallmentStatus = keyof typeof INSTALLMENT_STATUS_LABELS;

export const INSTALLMENT_STATUSES = codesOf(INSTALLMENT_STATUS_LABELS);
