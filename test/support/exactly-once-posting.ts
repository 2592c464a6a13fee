import type { DataSource } from 'typeorm';

/** How many differences a failure shows. */
const SHOWN = 5;

const EXPECTED = `
  expected AS (
    SELECT s.*, l.driver_id, l.lease_id
    FROM unnest($1::text[]) AS due (installment_id)
    JOIN loan_schedules s USING (installment_id)
    JOIN driver_loans l USING (loan_id))`;

/** The rows that only one of the two lists has. A duplicate row counts as too many. */
const difference = (wanted: string, found: string): string => `
  WITH ${EXPECTED}, wanted AS (${wanted}), found AS (${found})
  SELECT 'missing' AS what, to_jsonb(line) AS line FROM (TABLE wanted EXCEPT ALL TABLE found) AS line
  UNION ALL
  SELECT 'too many', to_jsonb(line) FROM (TABLE found EXCEPT ALL TABLE wanted) AS line
  LIMIT ${SHOWN}`;

const POSTINGS = difference(
  `SELECT installment_id AS source_id, 'LOAN_INSTALLMENT' AS source_type, 'DEBIT' AS posting_type,
          'LOANS' AS category, total_due AS amount, driver_id, lease_id, week_start AS period_start,
          week_end AS period_end, 'POSTED' AS status, posted_on AS posted_at, posted_by
   FROM expected`,
  `SELECT source_id, source_type, posting_type, category, amount, driver_id, lease_id, payment_period_start,
          payment_period_end, status, posted_at, posted_by
   FROM ledger_postings WHERE posting_id <> ALL ($2::text[])`,
);

const BALANCES = difference(
  `SELECT ledger_balance_id AS balance_id, installment_id AS source_id, installment_id AS reference_id,
          'LOAN_INSTALLMENT' AS reference_type, 'LOANS' AS category, total_due AS original, total_due AS outstanding,
          driver_id, lease_id, week_start AS period_start, week_end AS period_end, due_date, 'OPEN' AS status
   FROM expected`,
  `SELECT balance_id, source_id, reference_id, reference_type, b.category, original_amount, outstanding_balance,
          b.driver_id, b.lease_id, b.payment_period_start, b.payment_period_end, due_date, b.status
   FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
   WHERE p.posting_id <> ALL ($2::text[])`,
);

const INSTALLMENTS = difference(
  `SELECT installment_id, 'POSTED' AS status, true AS posted_to_ledger FROM expected WHERE $2::text[] IS NOT NULL`,
  `SELECT installment_id, status, posted_to_ledger FROM loan_schedules
   WHERE posted_to_ledger OR status NOT IN ('SCHEDULED', 'SKIPPED')`,
);

/** The totals of the runs that are not dry runs, and the totals of the ledger. */
const RUNS = `
  SELECT (SELECT coalesce(sum(installments_posted), 0)::integer FROM posting_runs WHERE NOT dry_run) AS run_count,
         (SELECT coalesce(sum(total_amount_posted), 0)::numeric(14,2)::text FROM posting_runs WHERE NOT dry_run) AS run_total,
         count(*)::integer AS ledger_count, coalesce(sum(amount), 0)::numeric(14,2)::text AS ledger_total
  FROM ledger_postings
  WHERE source_type = 'LOAN_INSTALLMENT' AND status = 'POSTED' AND posting_id <> ALL ($1::text[])`;

/** The installments that a posting through the week of this Sunday must post. The query is independent of the service. */
export async function dueInstallments(db: DataSource, week: string): Promise<string[]> {
  const rows = await db.query<{ installment_id: string }[]>(
    `SELECT installment_id FROM loan_schedules JOIN driver_loans l USING (loan_id)
     WHERE l.status = 'ACTIVE' AND loan_schedules.status = 'SCHEDULED' AND week_start <= $1
     ORDER BY installment_id`,
    [week],
  );
  return rows.map((row) => row.installment_id);
}

/**
 * Expects that exactly these unpaid installments are posted: each has one posted DEBIT of its amount in its week, one
 * OPEN balance that it refers to, and the status POSTED. There are no other rows, except the postings that the test wrote
 * itself. The totals of all runs equal the totals of the ledger.
 */
export async function expectPostedExactlyOnce(
  db: DataSource,
  installmentIds: readonly string[],
  ownPostings: readonly string[] = [],
): Promise<void> {
  const parameters = [installmentIds, ownPostings];
  const found = {
    postings: await db.query<unknown>(POSTINGS, parameters),
    balances: await db.query<unknown>(BALANCES, parameters),
    installments: await db.query<unknown>(INSTALLMENTS, parameters),
  };
  expect(found).toEqual({ postings: [], balances: [], installments: [] });
  const [totals] = await db.query<[Record<string, number | string>]>(RUNS, [ownPostings]);
  expect(totals).toMatchObject({
    run_count: installmentIds.length,
    ledger_count: installmentIds.length,
    run_total: totals.ledger_total,
  });
}

/** The sum of the amounts due of these installments. */
export async function totalDueOf(db: DataSource, installmentIds: readonly string[]): Promise<string> {
  const [row] = await db.query<[{ total: string }]>(
    `SELECT coalesce(sum(total_due), 0)::numeric(14,2)::text AS total
     FROM loan_schedules WHERE installment_id = ANY ($1::text[])`,
    [installmentIds],
  );
  return row.total;
}
