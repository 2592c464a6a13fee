import { seedDue } from './seed-due.mjs';

const AT = '2025-11-02T10:00:00Z';

/** The first installment of every loan, which the statement below marks as posted. */
const INSTALLMENTS = `
  SELECT l.driver_id, l.lease_id, 'LOANS' AS category, s.total_due AS amount, 'LOAN_INSTALLMENT' AS reference_type,
         s.installment_id AS reference_id, s.due_date,
         public_id('LB', 2025, nextval('ledger_balance_number'), 6) AS balance_id
  FROM loan_schedules s JOIN driver_loans l USING (loan_id)
  WHERE s.installment_number = 1
  ORDER BY s.id`;

const MARK_POSTED = `
  WITH posted AS (
    UPDATE loan_schedules s
    SET status = 'POSTED', posted_to_ledger = true, posted_on = $1::timestamptz, updated_on = $1::timestamptz,
        ledger_balance_id = b.balance_id
    FROM ledger_balances b WHERE b.reference_id = s.installment_id
    RETURNING s.loan_id, s.interest_to)
  UPDATE driver_loans l SET interest_accrued_through = posted.interest_to FROM posted WHERE l.loan_id = posted.loan_id`;

/** Of each driver two charges each for the lease and for tolls, and one parking ticket, due on different days. */
const CHARGES = `
  SELECT le.driver_id, le.id AS lease_id, charge.category, charge.amount + le.driver_id % 37 AS amount,
         'BENCH_CHARGE' AS reference_type, le.id || '-' || charge.number AS reference_id,
         date '2025-11-02' + charge.day AS due_date,
         public_id('LB', 2025, nextval('ledger_balance_number'), 6) AS balance_id
  FROM leases le
  CROSS JOIN (VALUES (1, 'LEASE', 200, 6), (2, 'LEASE', 150, 3), (3, 'EZPASS', 12.5, 6), (4, 'EZPASS', 6.94, 6),
                     (5, 'PVB', 65, 12)) AS charge (number, category, amount, day)
  ORDER BY charge.number, le.id`;

const record = (charges) => `
  WITH charge AS MATERIALIZED (${charges}),
  numbered AS MATERIALIZED (SELECT *, nextval('ledger_postings_id_seq') AS number FROM charge),
  posting AS (
    INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
      source_id, payment_period_start, payment_period_end, status, posted_at)
    SELECT number, public_id('LP', 2025, number, 6), driver_id, lease_id, 'DEBIT', category, amount, reference_type,
      reference_id, '2025-11-02', '2025-11-08', 'POSTED', $1::timestamptz
    FROM numbered)
  INSERT INTO ledger_balances (balance_id, posting_id, driver_id, lease_id, category, reference_type, reference_id,
    original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, created_on,
    updated_on)
  SELECT balance_id, number, driver_id, lease_id, category, reference_type, reference_id, amount, amount,
    '2025-11-02', '2025-11-08', due_date, 'OPEN', $1::timestamptz, $1::timestamptz
  FROM numbered`;

/** Seeds drivers who each owe seven balances in three categories and two loans, of which one installment each is due. */
export async function seedDebts(client, drivers) {
  await seedDue(client, 2 * drivers);
  await client.query(record(INSTALLMENTS), [AT]);
  await client.query(MARK_POSTED, [AT]);
  await client.query(record(CHARGES), [AT]);
}
