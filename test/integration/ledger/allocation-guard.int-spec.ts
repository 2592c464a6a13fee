import type { BorrowerRef } from '../../support/borrower-ref.js';
import { expectConstraintViolation } from '../../support/expect-constraint-violation.js';
import { aBorrower } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const WITHIN_CREDIT = { code: '23514', constraint: 'payment_allocations_within_credit' };

let app: TestApp;
let ledger: LedgerClient;
let borrower: BorrowerRef;
/** A credit of 60.00 that paid 40.00: 20.00 is left */
let payment: string;
let deposit: string;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-04T09:00:00-05:00' });
  ledger = new LedgerClient(app);
  borrower = await aBorrower(app);
  await ledger.owe(borrower, { amount: '40.00' });
  payment = (await ledger.pay(borrower, '60.00')).posting.posting_id;
  // no payment by hierarchy pays a deposit, so the credit stays beside it
  deposit = (await ledger.owe(borrower, { category: 'DEPOSITS', amount: '100.00' })).balance_id;
});

afterAll(() => app?.close());

const INSERT = `
  INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated, allocation_type,
    allocated_at)
  SELECT 'PA-' || gen_random_uuid(), posting, balance, amount, 'TARGETED', now()
  FROM jsonb_to_recordset($1::jsonb) AS row (posting text, balance text, amount numeric)`;

type Row = readonly [posting: string, balance: string, amount: string];

const insert = (...rows: Row[]): [string, unknown[]] => [
  INSERT,
  [JSON.stringify(rows.map(([posting, balance, amount]) => ({ posting, balance, amount })))],
];

const expectRejected = (...rows: Row[]): Promise<void> =>
  expectConstraintViolation(app.db, WITHIN_CREDIT, ...insert(...rows));

describe('allocations', () => {
  it('are rejected if they give more than the credit has left, in one row or in several', async () => {
    await expectRejected([payment, deposit, '20.01']);
    await expectRejected([payment, deposit, '10.00'], [payment, deposit, '10.01']);
  });

  it('are rejected if one of many pays the balance of another driver', async () => {
    const other = await ledger.owe(await aBorrower(app), { amount: '5.00' });
    await expectRejected([payment, deposit, '1.00'], [payment, other.balance_id, '1.00']);
  });

  it('are rejected from a charge, from a voided payment and from a reversal', async () => {
    const voided = await ledger.pay(borrower, '5.00');
    const { reversal } = await ledger.void(voided.posting.posting_id);
    const [charge] = await app.db.query<[{ posting_id: string }]>(
      `SELECT posting_id FROM ledger_postings WHERE kind = 'CHARGE' LIMIT 1`,
    );
    for (const posting of [charge.posting_id, voided.posting.posting_id, reversal.posting_id]) {
      await expectRejected([posting, deposit, '1.00']);
      await expectRejected([payment, deposit, '1.00'], [posting, deposit, '1.00']);
    }
  });

  it('are rejected for a posting or a balance that does not exist', async () => {
    const missing = { code: '23503' };
    await expectConstraintViolation(app.db, missing, ...insert(['LP-2025-999999', deposit, '1.00']));
    await expectConstraintViolation(app.db, missing, ...insert([payment, 'LB-2025-999999', '1.00']));
  });

  it('lower what the credit has left by all of their rows', async () => {
    const left =
      'SELECT left_over FROM ledger_credits JOIN ledger_postings p ON p.id = ledger_credits.posting_id WHERE p.posting_id = $1';
    await app.db.query(...insert([payment, deposit, '1.00'], [payment, deposit, '2.50']));
    expect(await app.db.query(left, [payment])).toEqual([{ left_over: '16.50' }]);
  });
});

const MANY = 6_000;

const POSTINGS = `
  INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type, source_id,
    payment_period_start, payment_period_end, status, posted_at)
  SELECT number, public_id('LP', 2025, number, 6), $2, $3, $4, CASE $4 WHEN 'DEBIT' THEN 'LEASE' ELSE 'EARNINGS' END, 1,
    'MANY-' || $4, number::text, '2025-11-02', '2025-11-08', 'POSTED', now()
  FROM (SELECT nextval('ledger_postings_id_seq') AS number FROM generate_series(1, $1::integer)) AS numbered`;

const BALANCES = `
  INSERT INTO ledger_balances (balance_id, posting_id, driver_id, lease_id, category, reference_type, reference_id,
    original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, created_on, updated_on)
  SELECT 'LB-' || id, id, driver_id, lease_id, category, source_type, source_id, amount, amount, payment_period_start,
    payment_period_end, payment_period_end, 'OPEN', now(), now()
  FROM ledger_postings WHERE source_type = 'MANY-DEBIT'`;

const ALLOCATIONS = `
  INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated, allocation_type,
    allocated_at)
  SELECT 'PA-' || p.id, p.posting_id, b.balance_id, 1, 'HIERARCHY', now()
  FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM ledger_postings WHERE source_type = 'MANY-CREDIT') AS p
  JOIN (SELECT *, row_number() OVER (ORDER BY posting_id) AS place FROM ledger_balances
        WHERE reference_type = 'MANY-DEBIT') AS b USING (place)`;

it('takes a time that grows with the allocations of a statement, and not with their square', async () => {
  const { driver_id, lease_id } = await aBorrower(app);
  await app.db.transaction(async (tx) => {
    const timeOf = async (sql: string, parameters: unknown[] = []): Promise<number> => {
      const begun = performance.now();
      await tx.query(sql, parameters);
      const taken = performance.now() - begun;
      // without statistics, the checks of foreign keys read whole tables
      await tx.query('ANALYZE ledger_postings, ledger_balances, ledger_credits');
      return taken;
    };
    const of = [MANY, driver_id, lease_id];
    await timeOf(POSTINGS, [...of, 'DEBIT']);
    const payments = await timeOf(POSTINGS, [...of, 'CREDIT']);
    await timeOf(BALANCES);
    // as long as the payments by look-ups, and ten times as long when each pair of rows was compared
    expect((await timeOf(ALLOCATIONS)) / payments).toBeLessThan(4);
  });
});
