import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { CATEGORIES } from '../../src/modules/ledger/account/category.js';

/** A random fleet as numbers: drivers with leases, charges, loans and credits, and the lines of one settlement run. */
export interface Fleet {
  readonly drivers: readonly FleetDriver[];
  readonly lines: readonly FleetLine[];
  readonly takeHome: string | undefined;
}

interface FleetDriver {
  /** One for each lease: whether it is active */
  readonly leases: readonly boolean[];
  readonly debts: readonly FleetDebt[];
  readonly credits: readonly number[];
}

interface FleetDebt {
  readonly lease: number;
  readonly category: string;
  /** Of a loan, the principal of each installment */
  readonly cents: readonly number[];
  readonly dueInWeeks: number;
  readonly isDisputed: boolean;
}

interface FleetLine {
  readonly driver: number;
  readonly lease: number | null;
  readonly cents: number;
  readonly takeHome: string | undefined;
}

const DEBT_CATEGORIES = CATEGORIES.filter((category) => category !== 'EARNINGS');
const anyTakeHome = fc.constantFrom(undefined, undefined, '0.00', '3.33', '25%', '100%');
// small amounts, few weeks and few leases, so that equal amounts and equal due dates are frequent
const anyDebt: fc.Arbitrary<FleetDebt> = fc.record({
  lease: fc.nat(2),
  category: fc.oneof(fc.constantFrom(...DEBT_CATEGORIES), fc.constant('LOAN')),
  cents: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 3 }),
  dueInWeeks: fc.nat(2),
  isDisputed: fc.nat(7).map((n) => n === 0),
});
const anyDriver: fc.Arbitrary<FleetDriver> = fc.record({
  leases: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  debts: fc.array(anyDebt, { maxLength: 8 }),
  credits: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 2 }),
  ),
});

export const anyFleet: fc.Arbitrary<Fleet> = fc.record({
  drivers: fc.array(anyDriver, { minLength: 1, maxLength: 3 }),
  lines: fc.array(
    fc.record({
      driver: fc.nat(2),
      lease: fc.oneof(fc.constant(null), fc.nat(2)),
      cents: fc.integer({ min: 1, max: 6000 }),
      takeHome: anyTakeHome,
    }),
    { minLength: 1, maxLength: 6 },
  ),
  takeHome: anyTakeHome,
});

/** Two fleets with equal debts: one is settled by a run, the other by single payments. */
type Twin = 'run' | 'single';

export interface TwinLine {
  readonly lineNumber: number;
  readonly driverId: Readonly<Record<Twin, number>>;
  readonly leaseId: Readonly<Record<Twin, number | undefined>>;
  readonly cents: number;
  readonly takeHome: string | undefined;
}

export interface SeededFleet {
  readonly driverIds: Readonly<Record<Twin, readonly number[]>>;
  readonly lines: readonly TwinLine[];
}

const OWNERS = `
  WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS lease (id integer, driver integer, "isActive" boolean)),
  d AS (
    INSERT INTO drivers (id, tlc_license_number, first_name, last_name, status, created_on, updated_on)
    SELECT DISTINCT driver, 'F' || driver, 'Fleet', 'Driver', 'ACTIVE', $2::timestamptz, $2::timestamptz FROM given),
  m AS (INSERT INTO medallions (id, medallion_number) SELECT id, 'F' || id FROM given),
  v AS (INSERT INTO vehicles (id, plate) SELECT id, 'F' || id FROM given)
  INSERT INTO leases (id, lease_number, driver_id, medallion_id, vehicle_id, start_date, status, created_on, updated_on)
  SELECT id, 'F' || id, driver, id, id, date '2025-01-05' + id % 2, CASE WHEN "isActive" THEN 'ACTIVE' ELSE 'EXPIRED' END,
         $2::timestamptz, $2::timestamptz
  FROM given`;

const DEBT_ROWS = `
  jsonb_to_recordset($1::jsonb) AS debt (position integer, driver integer, lease integer, category text, amount numeric,
    type text, reference text, due date, "isDisputed" boolean, "loanId" text, number integer, base numeric,
    principal numeric, interest numeric)`;

const LOANS = `
  INSERT INTO driver_loans (loan_id, loan_number, driver_id, lease_id, loan_amount, interest_rate, loan_date,
    interest_accrued_through, start_week, end_week, status, outstanding_balance, created_on, updated_on)
  SELECT "loanId", split_part("loanId", '-', 3)::bigint, driver, lease, sum(principal), 10, date '2025-10-29', max(due),
         min(due) - 6, max(due), 'ACTIVE', sum(principal), $2::timestamptz, $2::timestamptz
  FROM ${DEBT_ROWS} WHERE "loanId" IS NOT NULL GROUP BY "loanId", driver, lease`;

const STATUS_CHANGES = `
  INSERT INTO loan_status_changes (loan_id, to_status, reason, changed_at)
  SELECT DISTINCT "loanId", 'ACTIVE', 'Lent', $2::timestamptz FROM ${DEBT_ROWS} WHERE "loanId" IS NOT NULL`;

const CHARGES = `
  WITH charge AS MATERIALIZED (
    SELECT debt.*, next_number('ledger_postings_id_seq') AS number,
           public_id('LB', 2025, next_number('ledger_balance_number'), 6) AS balance_id
    FROM (SELECT position, driver, lease, category, amount, type, reference, due, "isDisputed" FROM ${DEBT_ROWS}
          ORDER BY position) AS debt),
  posting AS (
    INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
      source_id, payment_period_start, payment_period_end, status, posted_at)
    SELECT number, public_id('LP', 2025, number, 6), driver, lease, 'DEBIT', category, amount, type, reference,
      '2025-11-02', '2025-11-08', 'POSTED', $2::timestamptz FROM charge)
  INSERT INTO ledger_balances (balance_id, posting_id, driver_id, lease_id, category, reference_type, reference_id,
    original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, created_on, updated_on)
  SELECT balance_id, number, driver, lease, category, type, reference, amount, amount, '2025-11-02', '2025-11-08', due,
    CASE WHEN "isDisputed" THEN 'DISPUTED' ELSE 'OPEN' END, $2::timestamptz, $2::timestamptz FROM charge`;

const DISPUTES = `
  INSERT INTO balance_disputes (balance_id, step, reason, recorded_at)
  SELECT balance_id, 'DISPUTED', 'Not his', $2::timestamptz
  FROM ${DEBT_ROWS} JOIN ledger_balances ON reference_id = reference WHERE "isDisputed"`;

const INSTALLMENTS = `
  INSERT INTO loan_schedules (installment_id, loan_id, installment_number, due_date, week_start, week_end,
    principal_amount, interest_amount, total_due, outstanding_balance, interest_principal, interest_rate, interest_from,
    interest_to, status, posted_to_ledger, ledger_balance_id, posted_on, created_on, updated_on)
  SELECT reference, "loanId", number, due, due - 6, due, principal, interest, amount, amount, base, 10,
         CASE number WHEN 1 THEN date '2025-10-29' ELSE due - 7 END, due, 'POSTED', true, balance_id, $2::timestamptz,
         $2::timestamptz, $2::timestamptz
  FROM ${DEBT_ROWS} JOIN ledger_balances ON reference_id = reference WHERE "loanId" IS NOT NULL ORDER BY position`;

const CREDITS = `
  INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type, source_id,
    payment_period_start, payment_period_end, status, posted_at, payment_method, received_on, id)
  SELECT public_id('LP', 2025, id, 6), driver, lease, 'CREDIT', 'EARNINGS', amount, 'EARLIER', reference, '2025-11-02', '2025-11-08',
         'POSTED', $2::timestamptz, 'CASH', '2025-11-02', id
  FROM (SELECT credit.*, next_number('ledger_postings_id_seq') AS id
        FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS credit (position integer, driver integer, lease integer, amount numeric,
                reference text) ORDER BY position) AS credit) AS numbered`;

const DOLLARS = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const SATURDAYS = ['2025-11-08', '2025-11-15', '2025-11-22', '2025-11-29', '2025-12-06'];

let ids = 1000;
let debts = 0;

/** Inserts the fleet and its twin by SQL, with all triggers. */
export async function seedTwins(db: DataSource, fleet: Fleet, at: Date): Promise<SeededFleet> {
  const rows = { leases: [] as object[], debts: [] as object[], credits: [] as object[] };
  const twins = { run: twinOf(fleet, rows), single: twinOf(fleet, rows) };
  await db.transaction(async (tx) => {
    await tx.query(OWNERS, [JSON.stringify(rows.leases), at]);
    for (const statement of [LOANS, STATUS_CHANGES, CHARGES, DISPUTES, INSTALLMENTS]) {
      await tx.query(statement, [JSON.stringify(rows.debts), at]);
    }
    await tx.query(CREDITS, [JSON.stringify(rows.credits), at]);
  });
  const of = <T>(pick: (twin: (typeof twins)[Twin]) => T) => ({
    run: pick(twins.run),
    single: pick(twins.single),
  });
  return {
    driverIds: of((twin) => twin.map(({ driver }) => driver)),
    lines: fleet.lines.map((line, index) => {
      const owner = of((twin) => twin[line.driver % twin.length]);
      const leaseOf = (side: Twin) =>
        line.lease === null ? undefined : owner[side]?.leases[line.lease % owner[side].leases.length];
      return {
        lineNumber: index + 1,
        driverId: { run: owner.run?.driver ?? 0, single: owner.single?.driver ?? 0 },
        leaseId: { run: leaseOf('run'), single: leaseOf('single') },
        cents: line.cents,
        takeHome: line.takeHome,
      };
    }),
  };
}

interface TwinDriver {
  readonly driver: number;
  readonly leases: readonly number[];
}

function twinOf(
  fleet: Fleet,
  rows: { readonly leases: object[]; readonly debts: object[]; readonly credits: object[] },
): TwinDriver[] {
  return fleet.drivers.map((member) => {
    const driver = (ids += 1);
    const leases = member.leases.map((isActive) => {
      const id = (ids += 2);
      rows.leases.push({ id, driver, isActive });
      return id;
    });
    for (const debt of member.debts)
      rows.debts.push(...debtRows(debt, driver, leases[debt.lease % leases.length] ?? 0));
    member.credits.forEach((cents, position) => {
      rows.credits.push({
        position,
        driver,
        lease: leases[0],
        amount: DOLLARS(cents),
        reference: `C-${driver}-${position}`,
      });
    });
    return { driver, leases };
  });
}

function debtRows(debt: FleetDebt, driver: number, lease: number): object[] {
  const isLoan = debt.category === 'LOAN';
  const loanId = isLoan ? `DL-2025-${9000 + (debts += 1)}` : null;
  const parts = isLoan ? debt.cents : debt.cents.slice(0, 1);
  return parts.map((cents, index) => {
    const position = (debts += 1);
    const base = parts.slice(index).reduce((sum, part) => sum + part, 0);
    const days = index === 0 ? 10 + 7 * debt.dueInWeeks : 7;
    const interest = isLoan ? Math.floor((base * days * 10 * 2 + 36_500) / 73_000) : 0;
    return {
      ...{ position, driver, lease, loanId, number: index + 1, isDisputed: debt.isDisputed },
      category: isLoan ? 'LOANS' : debt.category,
      type: isLoan ? 'LOAN_INSTALLMENT' : 'FLEET_CHARGE',
      reference: isLoan ? `${loanId}-INST-0${index + 1}` : `D-${position}`,
      due: SATURDAYS[debt.dueInWeeks + index],
      ...{
        principal: DOLLARS(cents),
        base: DOLLARS(base),
        interest: DOLLARS(interest),
        amount: DOLLARS(cents + interest),
      },
    };
  });
}
