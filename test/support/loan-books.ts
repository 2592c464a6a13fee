import { Money } from '../../src/kernel/money/money.js';
import type { LoanTransactionsResponse } from '../../src/modules/loans/repayment/loan-transactions.response.js';
import type { DataSource } from 'typeorm';
import type { TestApp } from './test-app.js';

/** Everything of one loan that does not hold together, a line each; none is what a test wants. */
const UNSOUND = `
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
  SELECT 'the totals are not those of the installments' FROM loan, sums
  WHERE (total_principal_paid, total_interest_paid, loan.written_off)
        IS DISTINCT FROM (principal_paid, interest_paid, sums.written_off)
     OR outstanding_balance <> CASE WHEN status IN ('DRAFT', 'CANCELLED') THEN 0
          ELSE loan_amount - principal_paid - sums.written_off END
  UNION ALL
  SELECT 'recovered of it is not the sum of its recoveries, or more than is written off' FROM loan
  WHERE recovered <> (SELECT coalesce(sum(r.amount), 0) FROM loan_recoveries r JOIN ledger_postings p USING (posting_id)
                      WHERE r.loan_id = $1 AND p.status = 'POSTED')
     OR recovered > (SELECT sum(principal_written_off + interest_written_off) FROM part)
  UNION ALL
  SELECT 'it is ' || status || ', and all settled: ' || is_settled FROM loan, sums
  WHERE status <> 'CANCELLED' AND (status = 'CLOSED') <> is_settled
  UNION ALL
  SELECT 'its weeks are ' || loan.start_week || ' to ' || loan.end_week || ', not those of its installments' FROM loan, sums
  WHERE (loan.start_week, loan.end_week) <> (sums.start_week, sums.end_week)
  UNION ALL
  SELECT installment_id || ' is posted with interest to ' || interest_to || ', but accrued through ' || interest_accrued_through
  FROM loan, part WHERE posted_to_ledger AND interest_to > interest_accrued_through
  UNION ALL
  SELECT 'what is waived is not the sum of its waivers' FROM loan
  WHERE waived_interest <> (SELECT coalesce(sum(amount), 0) FROM loan_interest_waivers WHERE loan_id = $1)
  UNION ALL
  SELECT installment_id || ' is not its balance' FROM part LEFT JOIN ledger_balances b ON balance_id = ledger_balance_id
  WHERE posted_to_ledger
    AND ((b.original_amount, b.outstanding_balance, b.due_date, b.payment_applied) IS DISTINCT FROM
         (total_due, part.outstanding_balance, part.due_date,
          principal_paid + interest_paid + principal_written_off + interest_written_off))
  UNION ALL
  SELECT installment_id || ' has a balance that is not its allocations'
  FROM part JOIN ledger_balances b ON b.balance_id = ledger_balance_id LEFT JOIN applied ON applied.balance_id = b.balance_id
  WHERE b.payment_applied <> coalesce(applied.amount, 0)
  UNION ALL
  SELECT installment_id || ' has debits: ' || count(debit.id) FROM part LEFT JOIN debit ON debit.source_id = installment_id
  GROUP BY installment_id, posted_to_ledger, total_due
  HAVING count(debit.id) <> posted_to_ledger::integer OR sum(debit.amount) <> total_due
  UNION ALL
  SELECT 'two installments fall due in one week: ' || week_start FROM part WHERE status = 'SCHEDULED'
  GROUP BY week_start HAVING count(*) > 1`;

/** Holds one loan, its installments and its balances to the rules (docs/domain.md, "Loans"). */
export async function expectSoundLoan(db: DataSource, loanId: string): Promise<void> {
  expect(await db.query<unknown[]>(UNSOUND, [loanId])).toEqual([]);
}

/**
 * Holds what a loan's transactions tell to the balances of its posted installments: each line leaves the balance of the
 * line before it and its own amount, and the last what is outstanding now.
 */
export async function expectTransactionsAgree(app: TestApp, loanId: string): Promise<void> {
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
