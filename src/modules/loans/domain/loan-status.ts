import { DomainError } from '../../../kernel/errors/domain-error.js';

export const LOAN_STATUSES = ['DRAFT', 'ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED'] as const;

export type LoanStatus = (typeof LOAN_STATUSES)[number];

/** Every step that a loan may take (domain.md, "Loan status"). */
const TRANSITIONS: Readonly<Record<LoanStatus, readonly LoanStatus[]>> = {
  DRAFT: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['ON_HOLD', 'CLOSED', 'CANCELLED'],
  ON_HOLD: ['ACTIVE', 'CANCELLED'],
  CLOSED: [],
  CANCELLED: [],
};

/** Steps that happen by themselves or by a way of their own, never by setting the status. */
const NOT_BY_HAND: readonly { from: LoanStatus; to: LoanStatus; because: string }[] = [
  { from: 'ACTIVE', to: 'CLOSED', because: 'a loan closes by itself when everything is paid' },
  { from: 'DRAFT', to: 'ACTIVE', because: 'a draft becomes active by the approval of a colleague' },
];

/** Throws LOAN_TRANSITION_FORBIDDEN unless a person may take the loan from the one status to the other. */
export function checkStatusChange(from: LoanStatus, to: LoanStatus): void {
  if (!TRANSITIONS[from].includes(to)) {
    const allowed = TRANSITIONS[from].join(' or ') || 'nothing: that is final';
    throw new DomainError(
      'LOAN_TRANSITION_FORBIDDEN',
      `A loan that is ${from} cannot become ${to}; it may become ${allowed}.`,
    );
  }
  const exception = NOT_BY_HAND.find((step) => step.from === from && step.to === to);
  if (exception) {
    throw new DomainError(
      'LOAN_TRANSITION_FORBIDDEN',
      `A loan is not set from ${from} to ${to}: ${exception.because}.`,
    );
  }
}

/** Only what is lent and not yet settled can be paid off or written off. Throws LOAN_NOT_RUNNING. */
export function checkRunning(loan: { readonly loanId: string; readonly status: LoanStatus }): void {
  if (loan.status !== 'ACTIVE' && loan.status !== 'ON_HOLD') {
    throw new DomainError(
      'LOAN_NOT_RUNNING',
      `${loan.loanId} is ${loan.status}; this is for a loan that is ACTIVE or ON_HOLD.`,
    );
  }
}

export const INSTALLMENT_STATUSES = ['SCHEDULED', 'DUE', 'POSTED', 'PAID', 'SKIPPED'] as const;

export type InstallmentStatus = (typeof INSTALLMENT_STATUSES)[number];
