import { DataSource } from 'typeorm';
import { seedFleet } from '../../src/demo/fleet-seeding.js';
import type { FleetSize } from '../../src/demo/fleet-seeding.js';
import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import { principalParts, weeklyPrincipal } from '../../src/modules/loans/schedule/repayment-matrix.js';
import { Money } from '../../src/kernel/money/money.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { MutableClock } from '../support/mutable-clock.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import { startTestApp } from '../support/test-app.js';
import { asOwnerUrl, createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { dumpTables } from '../support/table-dump.js';

const MORNING = '2025-10-29T09:00:00-04:00';
const EVENING = '2025-10-29T21:30:00-04:00';
const SMALL: FleetSize = { drivers: 40, loans: 300, weeks: 0, seed: 7 };

const TABLES = [
  ...['drivers', 'medallions', 'vehicles', 'leases', 'driver_loans', 'loan_schedules', 'loan_status_changes'],
  ...[
    'ledger_postings',
    'ledger_balances',
    'payment_allocations',
    'ledger_seals',
    'posting_runs',
    'audit_log',
  ],
];

const databases: TestDatabase[] = [];

afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase();
  databases.push(database);
  return database.url;
}

function seed(url: string, size: FleetSize, now = MORNING, env: Record<string, string> = {}): Promise<void> {
  const settings = { NODE_ENV: 'test', DATABASE_URL: url, AUTH_JWT_SECRET: SIGNING_KEY, ...env };
  const appContext = {
    config: loadConfig(settings),
    clock: new MutableClock(now),
    databaseUrl: url,
    ownerUrl: asOwnerUrl(url),
    jwtSecret: settings.AUTH_JWT_SECRET,
  };
  return seedFleet(appContext, size, () => undefined);
}

async function withRows<T>(url: string, work: (db: DataSource) => Promise<T>): Promise<T> {
  const db = await new DataSource({ type: 'postgres', url: asOwnerUrl(url), poolSize: 1 }).initialize();
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const dump = (url: string) => withRows(url, (db) => dumpTables(db, TABLES));

async function verify(url: string) {
  const app = await startTestApp({ now: MORNING, databaseUrl: url });
  try {
    return await app.get(LedgerVerificationService).verify();
  } finally {
    await app.close();
  }
}

/** Tables whose rows and hashes contain the transaction id, which the server assigns. */
const WITH_TRANSACTION = [
  'audit_log',
  'sealed_states',
  'loan_status_changes',
  'balance_disputes',
  'loan_interest_waivers',
];

function withoutTransactions(tables: Record<string, object[]>): Record<string, object[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => {
        if (WITH_TRANSACTION.includes(table)) return { ...row, transaction_id: null, row_hash: null };
        const sealed = String(Reflect.get(row, 'sealed_table'));
        return WITH_TRANSACTION.includes(sealed) ? { ...row, rows_hash: null } : row;
      }),
    ]),
  );
}

describe('a generated fleet', () => {
  it('is identical for the same seed on the same day', async () => {
    const [first, second, other] = [await emptyDatabase(), await emptyDatabase(), await emptyDatabase()];
    const size = { ...SMALL, drivers: 12, loans: 60, weeks: 3 };
    await seed(first, size, MORNING);
    await seed(second, size, EVENING);
    await seed(other, { ...size, seed: 8 });
    const rows = await dump(first);
    for (const table of TABLES) expect(rows[table]?.length).toBeGreaterThan(0);
    expect(withoutTransactions(await dump(second))).toEqual(withoutTransactions(rows));
    const another = await dump(other);
    const drawn = (table: string, column: string) =>
      [rows, another].map((fleet) => fleet[table]?.map((row): unknown => Reflect.get(row, column)));
    for (const [table, column] of [
      ['drivers', 'last_name'],
      ['driver_loans', 'loan_amount'],
    ] as const) {
      const [ours, theirs] = drawn(table, column);
      expect(theirs).not.toEqual(ours);
    }
  });

  it('follows the lending rules for the repayment matrix, installments and dates', async () => {
    const url = await emptyDatabase();
    await seed(url, SMALL);
    const loans = await withRows(url, (db) =>
      db.query<{ loan_amount: string; parts: string[]; is_in_order: boolean; weekly: string }[]>(
        `SELECT l.loan_amount, array_agg(s.principal_amount::text ORDER BY s.installment_number) AS parts,
                bool_and(s.due_date = l.start_week + 7 * s.installment_number - 1
                  AND s.interest_rate = l.interest_rate AND s.status = 'SCHEDULED')
                AND l.status = 'ACTIVE' AND l.start_week >= '2025-10-26' AND l.end_week = max(s.week_end)
                AND l.loan_date BETWEEN '2025-09-28' AND '2025-10-28'
                AND extract(dow FROM l.loan_date) BETWEEN 1 AND 5 AS is_in_order
         FROM driver_loans l JOIN loan_schedules s USING (loan_id) GROUP BY l.id`,
      ),
    );
    expect(loans).toHaveLength(300);
    const weeklies = new Set<string>();
    for (const { loan_amount, parts, is_in_order } of loans) {
      const amount = Money.of(loan_amount);
      const weekly = weeklyPrincipal(amount);
      weeklies.add(weekly.equals(amount) ? 'at once' : weekly.toString());
      expect(parts).toEqual(principalParts(amount, weekly).map(String));
      expect(is_in_order).toBe(true);
    }
    expect([...weeklies].sort()).toEqual(['100.00', '200.00', '250.00', '300.00', 'at once']);
  });

  it('has names in many scripts and realistic TLC numbers', async () => {
    const url = await emptyDatabase();
    await seed(url, { ...SMALL, drivers: 400, loans: 0 });
    const rows = await dump(url);
    const drivers = rows['drivers'] as { first_name: string; tlc_license_number: string }[];
    for (const script of ['Latin', 'Bengali', 'Cyrillic', 'Han', 'Arabic']) {
      const letters = new RegExp(`\\p{Script=${script}}`, 'u');
      expect(drivers.filter(({ first_name }) => letters.test(first_name)).length).toBeGreaterThan(0);
    }
    for (const { tlc_license_number } of drivers) expect(tlc_license_number).toMatch(/^6\d{6}$/);
    const medallions = rows['medallions'] as { medallion_number: string }[];
    expect(medallions).toHaveLength(200);
    for (const { medallion_number } of medallions) expect(medallion_number).toMatch(/^\d[A-Z]\d\d$/);
  });

  it('passes the verification, has one audit log entry and doubles with a second run', async () => {
    const url = await emptyDatabase();
    const size = { ...SMALL, drivers: 10, loans: 40, weeks: 4 };
    await seed(url, size);
    const first = await verify(url);
    expect(first).toMatchObject({ ok: true, differences: [], checked: { loans: 40 } });
    expect(first.checked['allocations']).toBeGreaterThan(20);
    await seed(url, size);
    expect(await verify(url)).toMatchObject({ ok: true, differences: [], checked: { loans: 80 } });
    const seedings = (await dump(url))['audit_log']?.filter(
      (entry) => Reflect.get(entry, 'action') === 'fleet.seed',
    );
    const entry = { action: 'fleet.seed', record_type: 'fleet', record_id: '7', actor_id: null };
    expect(seedings).toEqual([
      expect.objectContaining({ ...entry, after: { ...size, first_driver: 1 } }),
      expect.objectContaining({ ...entry, after: { ...size, first_driver: 11 } }),
    ]);
  });

  it('respects the configured amounts and rates', async () => {
    const url = await emptyDatabase();
    await seed(url, SMALL, MORNING, { LOAN_MAX_AMOUNT: '750.00', LOAN_MAX_INTEREST_RATE: '8.00' });
    const [most] = await withRows(url, (db) =>
      db.query<object[]>('SELECT max(loan_amount) AS amount, max(interest_rate) AS rate FROM driver_loans'),
    );
    expect(most).toEqual({ amount: '750.00', rate: '7.50' });
  });

  it('is rejected in a production database', async () => {
    const url = await emptyDatabase();
    const seeding = seed(url, SMALL, MORNING, { NODE_ENV: 'production' });
    await expect(seeding).rejects.toThrow('cannot be added to a production database');
    expect((await dump(url))['drivers']).toEqual([]);
  });
});
