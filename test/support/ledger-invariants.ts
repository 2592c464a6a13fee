import type { DataSource } from 'typeorm';
import { Money } from '../../src/kernel/money/money.js';
import type { LoanTransactionsResponse } from '../../src/modules/loans/repayment/loan-transactions.response.js';
import type { TestApp } from './test-app.js';

/** The allocations of credits that are not voided */
const ACTIVE_ALLOCATIONS = `
  active AS (
    SELECT a.*, c.driver_id, c.kind FROM payment_allocations a
    JOIN ledger_postings c ON c.posting_id = a.payment_posting_id AND c.status = 'POSTED')`;

/** Each query finds the rows that violate one rule. The queries are independent of those of the service. */
const LEDGER_VIOLATIONS: Readonly<Record<string, string>> = {
  'a balance does not equal its posting minus its active allocations': `
    WITH ${ACTIVE_ALLOCATIONS}
    SELECT b.balance_id FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    LEFT JOIN active s ON s.balance_id = b.balance_id
    GROUP BY b.posting_id, p.id
    HAVING b.original_amount <> p.amount OR b.payment_applied <> coalesce(sum(s.amount_allocated), 0)
        OR b.outstanding_balance < 0
        OR b.outstanding_balance
           <> CASE p.status WHEN 'VOIDED' THEN 0 ELSE p.amount - coalesce(sum(s.amount_allocated), 0) END`,
  'the status of a balance does not match its amounts, its posting or its disputes': `
    SELECT b.balance_id, b.status FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    WHERE (b.status = 'VOIDED') <> (p.status = 'VOIDED')
       OR (b.status = 'CLOSED') <> (b.outstanding_balance = 0 AND p.status = 'POSTED')
       OR (b.status = 'DISPUTED') <> (p.status = 'POSTED' AND coalesce(
            (SELECT d.step FROM balance_disputes d WHERE d.balance_id = b.balance_id ORDER BY d.id DESC LIMIT 1)
            = 'DISPUTED', false))`,
  'the allocations of a credit exceed its amount, or a debit has allocations': `
    SELECT p.posting_id FROM ledger_postings p JOIN payment_allocations a ON a.payment_posting_id = p.posting_id
    GROUP BY p.id HAVING sum(a.amount_allocated) > p.amount OR p.posting_type <> 'CREDIT'`,
  'an allocation pays a balance of another driver': `
    WITH ${ACTIVE_ALLOCATIONS}
    SELECT s.allocation_id FROM active s JOIN ledger_balances b USING (balance_id)
    WHERE b.driver_id <> s.driver_id`,
  'the unallocated amount of a credit is wrong': `
    WITH ${ACTIVE_ALLOCATIONS}, given AS (
      SELECT payment_posting_id, amount_allocated AS amount FROM active
      UNION ALL
      SELECT r.payment_posting_id, r.amount FROM credit_refunds r
      JOIN ledger_postings p ON p.posting_id = r.refund_posting_id AND p.status = 'POSTED')
    SELECT p.posting_id FROM ledger_postings p LEFT JOIN given ON given.payment_posting_id = p.posting_id
    LEFT JOIN ledger_credits c ON c.posting_id = p.id
    WHERE p.posting_type = 'CREDIT' AND p.reverses_posting_id IS NULL
    GROUP BY p.id, c.posting_id
    HAVING c.left_over IS DISTINCT FROM
           CASE p.status WHEN 'POSTED' THEN p.amount - coalesce(sum(given.amount), 0) ELSE 0 END`,
  'a driver has both unallocated credit and an open balance that it could pay': `
    SELECT c.posting_id FROM ledger_credits c JOIN ledger_balances b USING (driver_id)
    WHERE c.left_over > 0 AND b.status = 'OPEN' AND b.category NOT IN ('DEPOSITS', 'EARNINGS')`,
  'a refund does not equal the sum of its payments': `
    SELECT p.posting_id FROM ledger_postings p LEFT JOIN credit_refunds r ON r.refund_posting_id = p.posting_id
    GROUP BY p.id HAVING (p.kind = 'REFUND') <> coalesce(sum(r.amount) = p.amount, false)`,
  'a voided posting and its reversal do not match': `
    SELECT p.posting_id FROM ledger_postings p
    LEFT JOIN ledger_postings r ON r.reverses_posting_id = p.posting_id
    WHERE (p.status = 'VOIDED') <> (r.id IS NOT NULL)
       OR r.posting_id <> p.voided_by_posting_id OR r.amount <> p.amount OR r.posting_type = p.posting_type
       OR r.category <> p.category OR r.payment_period_start <> p.payment_period_start OR r.status <> 'POSTED'`,
  'a charge has no balance, or a posting of another kind has one': `
    SELECT p.posting_id FROM ledger_postings p LEFT JOIN ledger_balances b ON b.posting_id = p.id
    WHERE (p.kind = 'CHARGE') <> (b.posting_id IS NOT NULL)
       OR (p.kind = 'CHARGE' AND p.posting_type <> 'DEBIT')`,
  'an installment does not match its balance': `
    WITH ${ACTIVE_ALLOCATIONS}, applied AS (
      SELECT balance_id, coalesce(sum(amount_allocated) FILTER (WHERE kind <> 'WRITE_OFF'), 0) AS paid,
             coalesce(sum(amount_allocated) FILTER (WHERE kind = 'WRITE_OFF'), 0) AS written_off
      FROM active GROUP BY balance_id)
    SELECT s.installment_id FROM loan_schedules s LEFT JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
    LEFT JOIN applied ON applied.balance_id = b.balance_id
    WHERE s.posted_to_ledger <> coalesce(b.status <> 'VOIDED', false)
       OR s.principal_paid + s.interest_paid <> coalesce(applied.paid, 0)
       OR (s.posted_to_ledger AND (s.outstanding_balance <> b.outstanding_balance OR s.total_due <> b.original_amount
           OR s.principal_written_off + s.interest_written_off <> coalesce(applied.written_off, 0)))
       OR (s.status = 'PAID') <> coalesce(b.status = 'CLOSED', false)`,
  'an active balance of an installment is not the one that the installment refers to': `
    SELECT b.balance_id FROM ledger_balances b LEFT JOIN loan_schedules s ON s.ledger_balance_id = b.balance_id
    WHERE b.reference_type = 'LOAN_INSTALLMENT' AND b.status <> 'VOIDED'
      AND s.installment_id IS DISTINCT FROM b.reference_id`,
  'the totals or the status of a loan do not match its installments': `
    SELECT l.loan_id FROM driver_loans l JOIN loan_schedules s USING (loan_id)
    GROUP BY l.id
    HAVING l.total_principal_paid <> sum(s.principal_paid) OR l.total_interest_paid <> sum(s.interest_paid)
        OR (l.status = 'CLOSED') <> (l.status <> 'CANCELLED' AND bool_and(s.status IN ('PAID', 'SKIPPED')))`,
};

const ALL_LEDGER_VIOLATIONS = Object.entries(LEDGER_VIOLATIONS)
  .map(([rule, query]) => `SELECT '${rule}' AS rule, to_jsonb(violation) AS row FROM (${query}) AS violation`)
  .join(' UNION ALL ');

/** Checks that the ledger, the installments and the loans of the whole database are consistent. */
export async function expectLedgerInvariants(db: DataSource): Promise<void> {
  expect(await db.query(ALL_LEDGER_VIOLATIONS)).toEqual([]);
}

/** Describes each inconsistency of one loan, its installments and its balances in one row. */
const LOAN_VIOLATIONS = `
  WITH loan AS (SELECT * FROM driver_loans WHERE loan_id = $1),
  part AS (SELECT * FROM loan_schedules WHERE loan_id = $1),
  sums AS (
    SELECT coalesce(sum(principal_amount) FILTER (WHERE status <> 'SKIPPED' OR principal_written_off > 0), 0) AS principal,
           sum(principal_paid) AS principal_paid, sum(interest_paid) AS interest_paid,
           sum(principal_written_off) AS written_off, bool_and(status IN ('PAID', 'SKIPPED')) AS is_settled,
           min(week_start) FILTER (WHERE status <> 'SKIPPED') AS start_week,
           max(week_end) FILTER (WHERE status <> 'SKIPPED') AS end_week
    FROM part),
  debit AS (
    SELECT * FROM ledger_postings
    WHERE source_type = 'LOAN_INSTALLMENT' AND starts_with(source_id, $1 || '-INST-') AND status = 'POSTED'),
  applied AS (
    SELECT balance_id, sum(amount_allocated) AS amount
    FROM payment_allocations a JOIN ledger_postings p ON p.posting_id = a.payment_posting_id AND p.status = 'POSTED'
    GROUP BY balance_id)
  SELECT 'the principal of the installments is ' || principal AS what FROM loan, sums
  WHERE loan.status <> 'CANCELLED' AND principal <> loan_amount
  UNION ALL
  SELECT 'the totals of the loan do not match its installments' FROM loan, sums
  WHERE (total_principal_paid, total_interest_paid, loan.written_off)
        IS DISTINCT FROM (principal_paid, interest_paid, sums.written_off)
     OR outstanding_balance <> CASE WHEN status IN ('DRAFT', 'CANCELLED') THEN 0
          ELSE loan_amount - principal_paid - sums.written_off END
  UNION ALL
  SELECT 'the recovered amount is not the sum of the recoveries, or exceeds the written-off amount' FROM loan
  WHERE recovered <> (SELECT coalesce(sum(r.amount), 0) FROM loan_recoveries r JOIN ledger_postings p USING (posting_id)
                      WHERE r.loan_id = $1 AND p.status = 'POSTED')
     OR recovered > (SELECT sum(principal_written_off + interest_written_off) FROM part)
  UNION ALL
  SELECT 'the status is ' || status || ', but all installments are settled: ' || is_settled FROM loan, sums
  WHERE status <> 'CANCELLED' AND (status = 'CLOSED') <> is_settled
  UNION ALL
  SELECT 'the weeks of the loan are ' || loan.start_week || ' to ' || loan.end_week || ', unlike its installments' FROM loan, sums
  WHERE (loan.start_week, loan.end_week) <> (sums.start_week, sums.end_week)
  UNION ALL
  SELECT installment_id || ' is posted with interest to ' || interest_to || ', but accrued through ' || interest_accrued_through
  FROM loan, part WHERE posted_to_ledger AND interest_to > interest_accrued_through
  UNION ALL
  SELECT 'the waived interest is not the sum of the waivers' FROM loan
  WHERE waived_interest <> (SELECT coalesce(sum(amount), 0) FROM loan_interest_waivers WHERE loan_id = $1)
  UNION ALL
  SELECT installment_id || ' does not match its balance' FROM part LEFT JOIN ledger_balances b ON balance_id = ledger_balance_id
  WHERE posted_to_ledger
    AND ((b.original_amount, b.outstanding_balance, b.due_date, b.payment_applied) IS DISTINCT FROM
         (total_due, part.outstanding_balance, part.due_date,
          principal_paid + interest_paid + principal_written_off + interest_written_off))
  UNION ALL
  SELECT installment_id || ' has a balance that does not match its allocations'
  FROM part JOIN ledger_balances b ON b.balance_id = ledger_balance_id LEFT JOIN applied ON applied.balance_id = b.balance_id
  WHERE b.payment_applied <> coalesce(applied.amount, 0)
  UNION ALL
  SELECT installment_id || ' has this many debits: ' || count(debit.id) FROM part LEFT JOIN debit ON debit.source_id = installment_id
  GROUP BY installment_id, posted_to_ledger, total_due
  HAVING count(debit.id) <> posted_to_ledger::integer OR sum(debit.amount) <> total_due
  UNION ALL
  SELECT 'two installments are due in one week: ' || week_start FROM part WHERE status = 'SCHEDULED'
  GROUP BY week_start HAVING count(*) > 1`;

/** Checks one loan, its installments and its balances. */
export async function expectLoanInvariants(db: DataSource, loanId: string): Promise<void> {
  expect(await db.query<unknown[]>(LOAN_VIOLATIONS, [loanId])).toEqual([]);
}

/**
 * Compares the transactions of a loan with the balances of its posted installments: the balance of each transaction is the
 * previous balance plus its amount, and the last balance is the outstanding amount.
 */
export async function expectTransactionsMatchBalances(app: TestApp, loanId: string): Promise<void> {
  const path = `/loans/${loanId}/transactions?page_size=500`;
  const { items, balance, total_charged, total_settled, total_recovered } = (
    await app.as('FINANCE').get<LoanTransactionsResponse>(path)
  ).body;
  const running = items.map((_, index) =>
    Money.sum(items.slice(0, index + 1).map(({ amount }) => Money.of(amount))).toString(),
  );
  expect(items.map((item) => item.balance)).toEqual(running);
  const [outstanding] = await app.db.query<[{ sum: string }]>(
    `SELECT coalesce(sum(outstanding_balance), 0)::numeric(14,2) AS sum FROM loan_schedules
     WHERE loan_id = $1 AND posted_to_ledger`,
    [loanId],
  );
  expect([running.at(-1) ?? '0.00', balance]).toEqual([outstanding.sum, outstanding.sum]);
  const [loan] = await app.db.query<[{ recovered: string }]>(
    'SELECT recovered FROM driver_loans WHERE loan_id = $1',
    [loanId],
  );
  const recovered = Money.sum(items.map((item) => Money.of(item.recovered))).toString();
  expect([recovered, total_recovered]).toEqual([loan.recovered, loan.recovered]);
  expect(Money.of(total_charged).minus(Money.of(total_settled)).toString()).toBe(balance);
}
