import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';

/** The audit entry with the id of the posting; for a void, with the id of the posting that it reverses. */
const OWN_ENTRY = `
  SELECT 1 FROM audit_log entry
  WHERE entry.record_type = 'ledger_posting' AND entry.record_id = coalesce(p.reverses_posting_id, p.posting_id)
    AND entry.action = CASE p.kind WHEN 'VOID' THEN 'ledger.void' WHEN 'PAYMENT' THEN 'ledger.payment'
                                   WHEN 'REFUND' THEN 'ledger.refund' WHEN 'CHARGE' THEN 'ledger.obligation' END
    AND entry.actor_id IS NOT DISTINCT FROM p.posted_by`;

/** A payoff, write-off or recovery has an audit entry of its loan, written in the transaction of the posting. */
const ENTRY_OF_LOAN = `
  SELECT 1 FROM driver_loans l JOIN audit_log entry ON entry.record_type = 'loan' AND entry.record_id = l.loan_id
  WHERE l.driver_id = p.driver_id
    AND entry.action = CASE p.kind WHEN 'PAYMENT' THEN 'loan.payoff' WHEN 'WRITE_OFF' THEN 'loan.write-off'
                                   WHEN 'RECOVERY' THEN 'loan.recovery' END
    AND entry.actor_id IS NOT DISTINCT FROM p.posted_by
    AND entry.at >= p.posted_at AND entry.at < p.posted_at + interval '10 minutes'`;

/** The evidence of an installment posting is in the schedule. Every other posting needs an audit entry. */
const POSTING_IS_AUDITED = `
  SELECT 'POSTING', p.posting_id, 'has no entry in the audit log by the user who made it',
         concat_ws(' ', p.kind, 'by', coalesce('user ' || p.posted_by, 'the system')), NULL
  FROM ledger_postings p
  WHERE p.id > $1 AND p.id <= $2 AND NOT (p.kind = 'CHARGE' AND p.source_type = 'LOAN_INSTALLMENT')
    AND NOT EXISTS (${OWN_ENTRY}) AND NOT EXISTS (${ENTRY_OF_LOAN})`;

/** Checks that each posting has its audit entry. */
export const POSTING_EVIDENCE: IntegrityCheck = {
  checked: null,
  records: 'ledger_postings',
  key: 'id',
  checks: [POSTING_IS_AUDITED],
};
