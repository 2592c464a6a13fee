const LOANS_PER_DRIVER = 2;

/**
 * Seeds `due` installments that are due in the week of 2025-11-02: one of the `perLoan` of each loan, with the others due
 * later. As in production, the due rows are scattered through the table.
 *
 * @param isSealed false: without triggers, foreign keys and status changes, so that millions take a minute
 */
export async function seedDue(client, due, { perLoan = 10, isSealed = true } = {}) {
  if (!isSealed) await client.query('SET session_replication_role = replica');
  const drivers = Math.max(500, Math.ceil(due / LOANS_PER_DRIVER));
  const at = '2025-10-29T13:00:00Z';
  await client.query(
    `INSERT INTO drivers (tlc_license_number, first_name, last_name, status, created_on, updated_on)
     SELECT 'B' || n, 'Bench', 'Driver ' || n, 'ACTIVE', $2, $2 FROM generate_series(1, $1::integer) AS n`,
    [drivers, at],
  );
  await client.query(
    `INSERT INTO medallions (medallion_number) SELECT 'B' || n FROM generate_series(1, $1::integer) AS n`,
    [drivers],
  );
  await client.query(
    `INSERT INTO vehicles (plate) SELECT 'B' || n FROM generate_series(1, $1::integer) AS n`,
    [drivers],
  );
  await client.query(
    `INSERT INTO leases (lease_number, driver_id, medallion_id, vehicle_id, start_date, status, created_on, updated_on)
     SELECT 'B' || n, n, n, n, '2025-01-05', 'ACTIVE', $2, $2 FROM generate_series(1, $1::integer) AS n`,
    [drivers, at],
  );
  await client.query(
    `INSERT INTO driver_loans (loan_id, loan_number, driver_id, lease_id, loan_amount, interest_rate, loan_date,
       interest_accrued_through, start_week, end_week, status, outstanding_balance, created_on, updated_on)
     SELECT public_id('DL', 2025, number, 4), number, 1 + number % $2, 1 + number % $2, 2500, 0, '2025-10-29',
            '2025-10-29', '2025-11-02', date '2025-11-08' + 7 * ($3::integer - 1), 'ACTIVE', 2500, $4, $4
     FROM (SELECT nextval('driver_loan_number') AS number FROM generate_series(1, $1::integer)) AS numbered`,
    [due, drivers, perLoan, at],
  );
  if (isSealed) {
    await client.query(
      `INSERT INTO loan_status_changes (loan_id, to_status, reason, changed_at)
       SELECT loan_id, status, 'Lent', created_on FROM driver_loans ORDER BY id`,
    );
  }
  await client.query(
    `INSERT INTO loan_schedules (installment_id, loan_id, installment_number, due_date, week_start, week_end,
       principal_amount, interest_amount, total_due, outstanding_balance, interest_principal, interest_rate,
       interest_from, interest_to, status, created_on, updated_on)
     SELECT l.loan_id || '-INST-' || lpad(n::text, 2, '0'), l.loan_id, n, date '2025-11-08' + 7 * (n - 1),
            date '2025-11-02' + 7 * (n - 1), date '2025-11-08' + 7 * (n - 1), 250, 0, 250, 250, 2500 - 250 * (n - 1), 0,
            date '2025-11-08' + 7 * (n - 2), date '2025-11-08' + 7 * (n - 1), 'SCHEDULED', $2, $2
     FROM driver_loans l CROSS JOIN generate_series(1, $1::integer) AS n ORDER BY l.id, n`,
    [perLoan, at],
  );
  await client.query('RESET session_replication_role');
}
