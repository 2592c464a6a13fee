import type { DataSource } from 'typeorm';

/** Each finds rows that contradict one another; together they are what the domain's rules say of paid debts. */
const CONTRADICTIONS: Readonly<Record<string, string>> = {
  'a balance is paid as far as its allocations say': `
    SELECT b.balance_id, b.payment_applied, coalesce(sum(a.amount_allocated), 0) AS allocated
    FROM ledger_balances b LEFT JOIN payment_allocations a USING (balance_id)
    GROUP BY b.balance_id, b.payment_applied
    HAVING b.payment_applied <> coalesce(sum(a.amount_allocated), 0)`,
  'a balance is of the amount of its posting': `
    SELECT b.balance_id FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    WHERE b.original_amount <> p.amount OR p.posting_type <> 'DEBIT'`,
  'a payment allocates no more than it brought': `
    SELECT p.posting_id, p.amount, sum(a.amount_allocated) AS allocated
    FROM ledger_postings p JOIN payment_allocations a ON a.payment_posting_id = p.posting_id
    GROUP BY p.posting_id, p.amount HAVING sum(a.amount_allocated) > p.amount`,
  'an installment is paid as its balance is': `
    SELECT s.installment_id FROM loan_schedules s JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
    WHERE s.principal_paid + s.interest_paid <> b.payment_applied OR s.outstanding_balance <> b.outstanding_balance
       OR s.total_due <> b.original_amount OR (s.status = 'PAID') <> (b.status = 'CLOSED')`,
  'a loan adds up its installments': `
    SELECT l.loan_id FROM driver_loans l JOIN loan_schedules s USING (loan_id)
    GROUP BY l.id
    HAVING l.total_principal_paid <> sum(s.principal_paid) OR l.total_interest_paid <> sum(s.interest_paid)
        OR (l.status = 'CLOSED') <> bool_and(s.status = 'PAID')`,
};

/** Holds that the ledger, the installments and the loans of the whole database say the same. */
export async function expectBooksAgree(db: DataSource): Promise<void> {
  for (const [rule, contradictions] of Object.entries(CONTRADICTIONS)) {
    const found = await db.query<unknown[]>(`${contradictions} LIMIT 5`);
    expect({ rule, found }).toEqual({ rule, found: [] });
  }
}
