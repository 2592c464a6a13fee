import type { DataSource, EntityManager } from 'typeorm';

export interface SeedOfLoans {
  readonly loans: number;
  /** The number of weekly installments of each loan. Never two: a loan of up to 200.00 has one installment. */
  readonly installments: 1 | 3 | 4 | 5;
  /** The Sunday of the first payment week. The loan date is the Wednesday before it. */
  readonly startWeek: string;
}

const LOANS_PER_LEASE = 5;
/** Each seed has its own drivers, vehicles and leases, also in one database. */
let seeds = 0;

const DRIVERS = `
  INSERT INTO drivers (tlc_license_number, first_name, last_name, status, created_on, updated_on)
  SELECT $1 || n, 'Seeded', 'Driver ' || n, 'ACTIVE', $3, $3 FROM generate_series(1, $2::integer) AS n`;
const MEDALLIONS = `
  INSERT INTO medallions (medallion_number) SELECT $1 || n FROM generate_series(1, $2::integer) AS n`;
const VEHICLES = `INSERT INTO vehicles (plate) SELECT $1 || n FROM generate_series(1, $2::integer) AS n`;
const LEASES = `
  INSERT INTO leases (lease_number, driver_id, medallion_id, vehicle_id, start_date, status, created_on, updated_on)
  SELECT tlc_license_number, d.id, m.id, v.id, '2025-01-05', 'ACTIVE', $2, $2
  FROM drivers d
  JOIN medallions m ON m.medallion_number = d.tlc_license_number
  JOIN vehicles v ON v.plate = d.tlc_license_number
  WHERE starts_with(d.tlc_license_number, $1)`;

/** Amounts differ from loan to loan, so that a posting with the amount of another loan is detected. */
const LOANS = `
  INSERT INTO driver_loans (loan_id, loan_number, driver_id, lease_id, loan_amount, interest_rate, loan_date,
    interest_accrued_through, start_week, end_week, status, outstanding_balance, created_on, updated_on)
  SELECT public_id('DL', extract(year FROM $2::date)::integer, number, 4), number, driver_id, lease_id, amount, 10,
         $2::date - 4, $2::date - 4, $2::date, $2::date + 7 * $3::integer - 1, 'ACTIVE', amount, $4, $4
  FROM (SELECT lease.driver_id, lease.id AS lease_id, nextval('driver_loan_number') AS number,
               (100 * greatest($3::integer, 2) - n % 97)::numeric AS amount
        FROM generate_series(0, $5::integer - 1) AS n
        JOIN (SELECT driver_id, id, row_number() OVER (ORDER BY id) - 1 AS position
              FROM leases WHERE starts_with(lease_number, $1)) AS lease
          ON lease.position = n / ${LOANS_PER_LEASE}) AS loan`;

const STATUS_CHANGES = `
  INSERT INTO loan_status_changes (loan_id, to_status, reason, changed_at)
  SELECT loan_id, driver_loans.status, 'Lent', $2 FROM driver_loans JOIN leases ON leases.id = driver_loans.lease_id
  WHERE starts_with(lease_number, $1)
  ORDER BY driver_loans.id`;

/** The schedule that the service would create: 100.00 a week, the rest in the last week, 10 % interest. */
const SCHEDULES = `
  INSERT INTO loan_schedules (installment_id, loan_id, installment_number, due_date, week_start, week_end,
    principal_amount, interest_amount, total_due, outstanding_balance, interest_principal, interest_rate,
    interest_from, interest_to, status, created_on, updated_on)
  SELECT loan_id || '-INST-' || lpad(number::text, 2, '0'), loan_id, number, due, due - 6, due, principal, interest,
         principal + interest, principal + interest, base, 10, due - days, due,
         'SCHEDULED', $3, $3
  FROM (SELECT *, CASE number WHEN $2::integer THEN base ELSE 100 END AS principal,
               round(base * 10 / 100 * days / 365, 2) AS interest
        FROM (SELECT loan_id, number, start_week + 7 * number - 1 AS due, loan_amount - 100 * (number - 1) AS base,
                     CASE number WHEN 1 THEN 10 ELSE 7 END AS days
              FROM driver_loans JOIN leases ON leases.id = driver_loans.lease_id
              CROSS JOIN generate_series(1, $2::integer) AS number
              WHERE starts_with(lease_number, $1)) AS part) AS planned
  ORDER BY loan_id, number`;

/** Inserts thousands of ACTIVE loans with their schedules by SQL, equal to loans that the service creates. */
export async function seedDueInstallments(db: DataSource, seed: SeedOfLoans): Promise<void> {
  seeds += 1;
  await db.transaction((tx) => insertAll(tx, `SEED${seeds}-`, seed));
  await db.query('ANALYZE drivers, leases, driver_loans, loan_schedules');
}

async function insertAll(tx: EntityManager, prefix: string, seed: SeedOfLoans): Promise<void> {
  const leases = Math.ceil(seed.loans / LOANS_PER_LEASE);
  const at = `${seed.startWeek}T00:00:00-05:00`;
  await tx.query(DRIVERS, [prefix, leases, at]);
  await tx.query(MEDALLIONS, [prefix, leases]);
  await tx.query(VEHICLES, [prefix, leases]);
  await tx.query(LEASES, [prefix, at]);
  await tx.query(LOANS, [prefix, seed.startWeek, seed.installments, at, seed.loans]);
  await tx.query(STATUS_CHANGES, [prefix, at]);
  await tx.query(SCHEDULES, [prefix, seed.installments, at]);
}
