import pg from 'pg';
import { warm } from './database.mjs';

/** The rows of the week, composed before the clock starts, in a table without WAL. */
const PREPARE = `
  CREATE UNLOGGED TABLE ready AS
  SELECT s.id, s.loan_id, s.installment_id, s.interest_to, s.total_due, s.week_start, s.week_end, s.due_date, l.driver_id,
         l.lease_id, nextval('ledger_postings_id_seq') AS number, nextval('ledger_balance_number') AS balance_number,
         'Loan ' || s.loan_id || ', installment ' || s.installment_number AS description
  FROM loan_schedules s JOIN driver_loans l USING (loan_id)
  WHERE s.due_date BETWEEN '2025-11-02' AND '2025-11-08'
  ORDER BY s.id`;

const PUBLIC_IDS = `
  ALTER TABLE ready ADD posting_id text COLLATE "C", ADD balance_id text COLLATE "C";
  UPDATE ready SET posting_id = 'LP-2025-' || to_char(number, 'FM999999999000000'),
                   balance_id = 'LB-2025-' || to_char(balance_number, 'FM999999999000000');
  VACUUM ANALYZE ready`;

const WRITES = [
  `INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
     source_id, payment_period_start, payment_period_end, status, posted_at, description)
   SELECT number, posting_id, driver_id, lease_id, 'DEBIT', 'LOANS', total_due, 'LOAN_INSTALLMENT', installment_id,
     week_start, week_end, 'POSTED', '2025-11-02T10:00:00Z', description FROM ready`,
  `INSERT INTO ledger_balances (balance_id, posting_id, driver_id, lease_id, category, reference_type, reference_id,
     original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, description,
     created_on, updated_on)
   SELECT balance_id, number, driver_id, lease_id, 'LOANS', 'LOAN_INSTALLMENT', installment_id, total_due, total_due,
     week_start, week_end, due_date, 'OPEN', description, '2025-11-02T10:00:00Z', '2025-11-02T10:00:00Z' FROM ready`,
  `UPDATE loan_schedules s SET status = 'POSTED', posted_to_ledger = true, posted_on = '2025-11-02T10:00:00Z',
     updated_on = '2025-11-02T10:00:00Z', ledger_balance_id = ready.balance_id
   FROM ready WHERE ready.id = s.id`,
  `UPDATE driver_loans l SET interest_accrued_through = ready.interest_to FROM ready WHERE ready.loan_id = l.loan_id`,
];

/** The limit of the schema: ready-made rows into the same tables, keys, indexes and triggers. Returns milliseconds. */
export async function postReadyMade(url) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(PREPARE);
    for (const statement of PUBLIC_IDS.split(';')) await client.query(statement);
    await warm(client);
    const begun = performance.now();
    await client.query('BEGIN');
    for (const statement of WRITES) await client.query(statement);
    await client.query('COMMIT');
    return performance.now() - begun;
  } finally {
    await client.end();
  }
}
