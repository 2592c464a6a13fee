import type { DataSource } from 'typeorm';

const STANDING = `
  standing AS (
    SELECT a.*, c.driver_id, c.lease_id FROM payment_allocations a
    JOIN ledger_postings c ON c.posting_id = a.payment_posting_id AND c.status = 'POSTED')`;

/** Each finds the rows that break a rule of the ledger, by a question of the tests' own. */
const BROKEN: Readonly<Record<string, string>> = {
  'a balance is not its posting less its standing allocations': `
    WITH ${STANDING}
    SELECT b.balance_id FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    LEFT JOIN standing s ON s.balance_id = b.balance_id
    GROUP BY b.posting_id, p.id
    HAVING b.original_amount <> p.amount OR b.payment_applied <> coalesce(sum(s.amount_allocated), 0)
        OR b.outstanding_balance < 0
        OR b.outstanding_balance
           <> CASE p.status WHEN 'VOIDED' THEN 0 ELSE p.amount - coalesce(sum(s.amount_allocated), 0) END`,
  'a balance has another status than its amounts and its posting say': `
    SELECT b.balance_id, b.status FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    WHERE (b.status = 'VOIDED') <> (p.status = 'VOIDED')
       OR (b.status = 'CLOSED') <> (b.outstanding_balance = 0 AND p.status = 'POSTED')
       OR (b.status = 'DISPUTED') <> (p.status = 'POSTED' AND coalesce(
            (SELECT d.step FROM balance_disputes d WHERE d.balance_id = b.balance_id ORDER BY d.id DESC LIMIT 1)
            = 'DISPUTED', false))`,
  'a credit gave more than it has': `
    SELECT p.posting_id FROM ledger_postings p JOIN payment_allocations a ON a.payment_posting_id = p.posting_id
    GROUP BY p.id HAVING sum(a.amount_allocated) > p.amount OR p.posting_type <> 'CREDIT'`,
  'an allocation pays another driver': `
    WITH ${STANDING}
    SELECT s.allocation_id FROM standing s JOIN ledger_balances b USING (balance_id)
    WHERE b.driver_id <> s.driver_id`,
  'a payment does not say what it has left over': `
    WITH ${STANDING}, given AS (
      SELECT payment_posting_id, amount_allocated AS amount FROM standing
      UNION ALL
      SELECT r.payment_posting_id, r.amount FROM credit_refunds r
      JOIN ledger_postings p ON p.posting_id = r.refund_posting_id AND p.status = 'POSTED')
    SELECT p.posting_id FROM ledger_postings p LEFT JOIN given ON given.payment_posting_id = p.posting_id
    LEFT JOIN ledger_credits c ON c.posting_id = p.id
    WHERE p.posting_type = 'CREDIT' AND p.reverses_posting_id IS NULL
    GROUP BY p.id, c.posting_id
    HAVING c.left_over IS DISTINCT FROM
           CASE p.status WHEN 'POSTED' THEN p.amount - coalesce(sum(given.amount), 0) ELSE 0 END`,
  'a credit lies beside a debt that it could pay': `
    SELECT c.posting_id FROM ledger_credits c JOIN ledger_balances b USING (driver_id)
    WHERE c.left_over > 0 AND b.status = 'OPEN' AND b.category NOT IN ('DEPOSITS', 'EARNINGS')`,
  'a refund is not made up of payments': `
    SELECT p.posting_id FROM ledger_postings p LEFT JOIN credit_refunds r ON r.refund_posting_id = p.posting_id
    GROUP BY p.id HAVING (p.kind = 'REFUND') <> coalesce(sum(r.amount) = p.amount, false)`,
  'a void is not one opposite posting, linked both ways': `
    SELECT p.posting_id FROM ledger_postings p
    LEFT JOIN ledger_postings r ON r.reverses_posting_id = p.posting_id
    WHERE (p.status = 'VOIDED') <> (r.id IS NOT NULL)
       OR r.posting_id <> p.voided_by_posting_id OR r.amount <> p.amount OR r.posting_type = p.posting_type
       OR r.category <> p.category OR r.payment_period_start <> p.payment_period_start OR r.status <> 'POSTED'`,
  'a charge has no balance, or another posting has one': `
    SELECT p.posting_id FROM ledger_postings p LEFT JOIN ledger_balances b ON b.posting_id = p.id
    WHERE (p.kind = 'CHARGE') <> (b.posting_id IS NOT NULL)`,
  'an installment does not follow its balance': `
    SELECT s.installment_id FROM loan_schedules s LEFT JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
    WHERE s.posted_to_ledger <> coalesce(b.status <> 'VOIDED', false)
       OR s.principal_paid + s.interest_paid <> coalesce(b.payment_applied, 0)
       OR (s.status = 'PAID') <> coalesce(b.status = 'CLOSED', false)`,
  'a standing debit of an installment is not the one that its installment names': `
    SELECT b.balance_id FROM ledger_balances b LEFT JOIN loan_schedules s ON s.ledger_balance_id = b.balance_id
    WHERE b.reference_type = 'LOAN_INSTALLMENT' AND b.status <> 'VOIDED'
      AND s.installment_id IS DISTINCT FROM b.reference_id`,
  'a loan does not add its installments up': `
    SELECT l.loan_id FROM driver_loans l JOIN loan_schedules s USING (loan_id)
    GROUP BY l.id
    HAVING l.total_principal_paid <> sum(s.principal_paid) OR l.total_interest_paid <> sum(s.interest_paid)
        OR (l.status = 'CLOSED') <> bool_and(s.status IN ('PAID', 'SKIPPED'))`,
};

const ALL = Object.entries(BROKEN)
  .map(([rule, question]) => `SELECT '${rule}' AS rule, to_jsonb(broken) AS row FROM (${question}) AS broken`)
  .join(' UNION ALL ');

/** Holds the whole database to the rules of the ledger. */
export async function expectSoundBooks(db: DataSource): Promise<void> {
  expect(await db.query(ALL)).toEqual([]);
}
