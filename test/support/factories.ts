import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { BorrowerRef } from './borrower-ref.js';
import type { TestApp } from './test-app.js';

/** Returns numbers that are unique in the test file. */
let created = 0;
const next = (): number => (created += 1);

export interface DriverRow {
  id: number;
  tlc_license_number: string;
  first_name: string;
  last_name: string;
  phone: string | null;
  email: string | null;
  status: 'ACTIVE' | 'INACTIVE' | 'SUSPENDED';
}

/** A driver, active by default. */
export async function aDriver(
  app: TestApp,
  overrides: Partial<Omit<DriverRow, 'id'>> = {},
): Promise<DriverRow> {
  const number = next();
  const driver = {
    tlc_license_number: `T${String(number).padStart(6, '0')}`,
    first_name: 'Ada',
    last_name: `Driver ${number}`,
    phone: null,
    email: null,
    status: 'ACTIVE',
    ...overrides,
  };
  return insert<DriverRow>(app, 'drivers', { ...driver, ...stamps(app) });
}

export interface LeaseRow {
  id: number;
  lease_number: string;
  driver_id: number;
  medallion_id: number;
  vehicle_id: number;
  start_date: string;
  end_date: string | null;
  status: 'ACTIVE' | 'EXPIRED' | 'TERMINATED';
}

/** A lease with its own vehicle and medallion. By default it is active and belongs to a new driver. */
export async function aLease(app: TestApp, overrides: Partial<Omit<LeaseRow, 'id'>> = {}): Promise<LeaseRow> {
  const number = next();
  const lease = {
    lease_number: `L-${number}`,
    driver_id: overrides.driver_id ?? (await aDriver(app)).id,
    medallion_id: overrides.medallion_id ?? (await aMedallion(app)).id,
    vehicle_id: overrides.vehicle_id ?? (await aVehicle(app)).id,
    start_date: '2025-01-05',
    end_date: null,
    status: 'ACTIVE',
    ...overrides,
  };
  return insert<LeaseRow>(app, 'leases', { ...lease, ...stamps(app) });
}

export function aMedallion(
  app: TestApp,
  overrides: { medallion_number?: string } = {},
): Promise<{ id: number }> {
  return insert(app, 'medallions', { medallion_number: `M${next()}`, ...overrides });
}

export function aVehicle(app: TestApp, overrides: { plate?: string } = {}): Promise<{ id: number }> {
  return insert(app, 'vehicles', { plate: `P${next()}`, ...overrides });
}

/** An active driver with an active lease, as a loan or an obligation requires. */
export async function aDriverWithLease(app: TestApp): Promise<{ driver: DriverRow; lease: LeaseRow }> {
  const driver = await aDriver(app);
  return { driver, lease: await aLease(app, { driver_id: driver.id }) };
}

/** The id of a driver with a credit of 50.00. */
export async function aDriverInCredit(app: TestApp): Promise<number> {
  const { driver_id, lease_id } = await aBorrower(app);
  await app.as('FINANCE').post('/ledger/payments', {
    ...{ driver_id, lease_id, amount: '50.00', payment_period_start: app.clock.currentWeek().start },
    ...{ source_type: 'CASH', source_id: `CREDIT-${next()}` },
  });
  return driver_id;
}

export interface LoanInput {
  driver_id: number;
  lease_id: number;
  loan_amount: string;
  interest_rate: string;
  start_week: string;
  purpose: string;
  notes: string;
}

/**
 * Creates a loan through the API as a FINANCE user. By default: 500.00 without interest from the clock's current payment
 * week, which gives five installments of 100.00, for a new driver and lease.
 */
export async function aLoan(app: TestApp, overrides: Partial<LoanInput> = {}): Promise<LoanDetailResponse> {
  const borrower = overrides.lease_id === undefined ? await aBorrower(app, overrides.driver_id) : {};
  const answer = await app.as('FINANCE').post<LoanDetailResponse>('/loans', {
    loan_amount: '500.00',
    interest_rate: '0.00',
    start_week: app.clock.currentWeek().start,
    ...borrower,
    ...overrides,
  });
  if (answer.status !== 201) throw new Error(`the loan was not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Changes a new loan to a draft that any user may approve, as if the loan had required approval. */
export async function makeDraft(app: TestApp, loanId: string): Promise<void> {
  await app.db.query(
    `UPDATE driver_loans SET status = 'DRAFT', outstanding_balance = 0, created_by = NULL WHERE loan_id = $1`,
    [loanId],
  );
}

/** A new lease of this driver, or of a new driver. */
export async function aBorrower(app: TestApp, driverId?: number): Promise<BorrowerRef> {
  const lease = await aLease(app, driverId === undefined ? {} : { driver_id: driverId });
  return { driver_id: lease.driver_id, lease_id: lease.id };
}

function stamps(app: TestApp): { created_on: Date; updated_on: Date } {
  return { created_on: app.clock.now(), updated_on: app.clock.now() };
}

async function insert<T>(app: TestApp, table: string, row: object): Promise<T> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  const rows = await app.db.query<T[]>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')}) RETURNING *`,
    Object.values(row),
  );
  const [inserted] = rows;
  if (inserted === undefined) throw new Error(`${table} took no row`);
  return inserted;
}
