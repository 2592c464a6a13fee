/** The audit actions of this folder, each with its label. */
export const LEDGER_AUDIT_ACTIONS = {
  'ledger.payment': 'Payment recorded',
  'ledger.obligation': 'Obligation posted',
  'ledger.void': 'Posting voided',
  'ledger.dispute': 'Balance disputed',
  'ledger.resolve': 'Dispute resolved',
  'ledger.apply-credits': 'Credits applied',
  'ledger.refund': 'Credit refunded',
  'ledger.settle': 'Earnings settled',
  'ledger.void-settlement': 'Settlement run voided',
} as const;

type LedgerActions = typeof LEDGER_AUDIT_ACTIONS;

export const LEDGER_AUDIT_RECORDS = {
  ledger_posting: 'Posting',
  ledger_balance: 'Balance',
  settlement_run: 'Settlement run',
} as const;

type LedgerRecords = typeof LEDGER_AUDIT_RECORDS;

declare module '../../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends LedgerActions {}
  interface AuditRecordLabels extends LedgerRecords {}
}
