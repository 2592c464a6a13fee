import type { DataSource } from 'typeorm';

/**
 * What settlements left of each driver, without ids and times: the twins of a fleet must have equal outcomes. Balances,
 * installments and credits are numbered in the order in which they were made.
 */
const OUTCOME = `
  SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_array(category, payment_applied, outstanding_balance, status) ORDER BY posting_id), '[]')
     FROM ledger_balances WHERE driver_id = $1) AS balances,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(p.posting_type, p.kind, p.category, p.amount, p.source_type, p.payment_method,
              p.received_on, p.payment_period_start, p.status, lease.number) ORDER BY p.id), '[]')
     FROM ledger_postings p JOIN lease ON lease.id = p.lease_id WHERE p.driver_id = $1 AND p.posting_type = 'CREDIT') AS credits,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(credit.number, balance.number, a.amount_allocated, a.allocation_type)
              ORDER BY a.id), '[]')
     FROM payment_allocations a JOIN credit ON credit.posting_id = a.payment_posting_id
     JOIN balance ON balance.balance_id = a.balance_id) AS allocations,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(c.amount, c.allocated, c.left_over) ORDER BY c.posting_id), '[]')
     FROM ledger_credits c WHERE driver_id = $1) AS left_over,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(s.status, s.interest_paid, s.principal_paid, s.outstanding_balance)
              ORDER BY s.id), '[]')
     FROM loan_schedules s JOIN driver_loans USING (loan_id) WHERE driver_id = $1) AS installments,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(l.status, l.total_principal_paid, l.total_interest_paid,
              l.outstanding_balance, l.closure_reason, l.closed_on IS NULL) ORDER BY l.loan_number), '[]')
     FROM driver_loans l WHERE driver_id = $1) AS loans,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(c.from_status, c.to_status, c.reason) ORDER BY l.loan_number, c.id), '[]')
     FROM loan_status_changes c JOIN driver_loans l USING (loan_id) WHERE driver_id = $1) AS status_changes
  FROM (SELECT) AS one`;

const NUMBERED = `
  WITH lease AS (SELECT id, row_number() OVER (ORDER BY id) AS number FROM leases WHERE driver_id = $1),
  credit AS (SELECT posting_id, row_number() OVER (ORDER BY id) AS number FROM ledger_postings
             WHERE driver_id = $1 AND posting_type = 'CREDIT'),
  balance AS (SELECT balance_id, row_number() OVER (ORDER BY posting_id) AS number FROM ledger_balances WHERE driver_id = $1)`;

export interface Outcome {
  readonly allocations: readonly unknown[];
  readonly loans: readonly (readonly unknown[])[];
}

export async function outcomesOf(db: DataSource, driverIds: readonly number[]): Promise<Outcome[]> {
  const outcomes = await Promise.all(
    driverIds.map((id) => db.query<[Outcome]>(`${NUMBERED} ${OUTCOME}`, [id])),
  );
  return outcomes.map(([outcome]) => outcome);
}
