/** The audit actions of this folder, each with its label. */
export const LOAN_AUDIT_ACTIONS = {
  'loan.create': 'Loan created',
  'loan.approve': 'Loan approved',
  'loan.edit': 'Loan edited',
  'loan.status': 'Loan status changed',
  'loan.payoff': 'Loan payoff posted',
  'loan.undo-payoff': 'Loan payoff undone',
  'loan.write-off': 'Loan written off',
  'loan.recovery': 'Recovery recorded',
  'installments.post': 'Installments posted',
} as const;

type LoanActions = typeof LOAN_AUDIT_ACTIONS;

export const LOAN_AUDIT_RECORDS = { loan: 'Loan', posting_run: 'Posting run' } as const;

type LoanRecords = typeof LOAN_AUDIT_RECORDS;

declare module '../../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends LoanActions {}
  interface AuditRecordLabels extends LoanRecords {}
}
