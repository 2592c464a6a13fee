import { AppConfig } from '../../../src/platform/config/app-config.js';
import { aBorrower, aDriver, aLease } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import { SettlementClient } from '../../support/settlement-client.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;
let settlement: SettlementClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-04T09:00:00-05:00' });
  ledger = new LedgerClient(app);
  settlement = new SettlementClient(app);
});

afterEach(() => expectLedgerInvariants(app.db));

afterAll(() => app?.close());

describe('a settlement run', () => {
  it('pays what each driver owes and leaves the rest of the earnings to the driver', async () => {
    const [first, second] = [await aBorrower(app), await aBorrower(app)];
    await ledger.owe(first, { amount: '200.00' });
    await ledger.owe(second, { amount: '900.00', category: 'TAXES' });
    const run = await settlement.settle([
      { driver_id: first.driver_id, amount: '500.00' },
      { driver_id: second.driver_id, amount: '500.00' },
    ]);
    expect(run).toMatchObject({
      run_id: expect.stringMatching(/^SR-2025-\d{6}$/),
      status: 'COMPLETED',
      lines_total: 2,
      lines_paid: 2,
      lines_rejected: 0,
      total_earnings: '1000.00',
      total_applied: '700.00',
      total_net: '300.00',
      by_category: [
        { category: 'TAXES', amount: '500.00' },
        { category: 'LEASE', amount: '200.00' },
      ],
    });
    expect(await settlement.linesOf(run)).toMatchObject([
      { status: 'PAID', applied: '200.00', net: '300.00', allocations_count: 1, error: null },
      { status: 'PAID', applied: '500.00', net: '0.00', allocations_count: 1, error: null },
    ]);
    const [credit] = await app.db.query<[{ left_over: string }]>(
      'SELECT sum(left_over) AS left_over FROM ledger_credits WHERE driver_id = ANY ($1)',
      [[first.driver_id, second.driver_id]],
    );
    expect(credit.left_over).toBe('0.00');
  });

  it('leaves each driver what the run, or the line itself, says that the driver keeps', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '5000.00' });
    const line = { driver_id: borrower.driver_id, amount: '500.00' };
    const lines = await settlement.settledLines(
      [
        line,
        { ...line, min_take_home: '120.01' },
        { ...line, min_take_home: '0.00' },
        { ...line, min_take_home: '600.00' },
      ],
      { min_take_home: '25%' },
    );
    expect(lines.map(({ status, applied, net }) => [status, applied, net])).toEqual([
      ['PAID', '375.00', '125.00'],
      ['PAID', '379.99', '120.01'],
      ['PAID', '500.00', '0.00'],
      ['NOTHING_DUE', '0.00', '500.00'],
    ]);
  });

  it('leaves the drivers by default what SETTLEMENT_MIN_TAKE_HOME says', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '5000.00' });
    const setting = jest.replaceProperty(app.get(AppConfig), 'SETTLEMENT_MIN_TAKE_HOME', '20%');
    const line = { driver_id: borrower.driver_id, amount: '500.00' };
    const [byDefault] = await settlement.settledLines([line]);
    const [ofRun, ofLine] = await settlement.settledLines([line, { ...line, min_take_home: '10.00' }], {
      min_take_home: '0.00',
    });
    setting.restore();
    expect([byDefault?.net, ofRun?.net, ofLine?.net]).toEqual(['100.00', '0.00', '10.00']);
  });

  it('fails if it stops before its end, and continues when the same lines are sent again', async () => {
    const borrowers = [await aBorrower(app), await aBorrower(app)];
    for (const borrower of borrowers) await ledger.owe(borrower, { amount: '100.00' });
    const lines = borrowers.map(({ driver_id }) => ({
      driver_id,
      amount: '60.00',
      source_id: settlement.nextReference(),
    }));
    const run_id = await settlement.failAfterOneLine(lines);
    const [failed] = await app.db.query<object[]>(
      'SELECT status, failure, lines_paid FROM settlement_runs WHERE run_id = $1',
      [run_id],
    );
    expect(failed).toMatchObject({ status: 'FAILED', failure: expect.any(String), lines_paid: 1 });
    expect(await settlement.settle(lines)).toMatchObject({ run_id, status: 'COMPLETED', lines_paid: 2 });
  });

  it('pays the balances of the named lease first, then the others, and without a lease all in one order', async () => {
    const borrower = await aBorrower(app);
    const { id: lease_id } = await aLease(app, { driver_id: borrower.driver_id, start_date: '2025-06-01' });
    const other = { ...borrower, lease_id };
    await ledger.owe(borrower, { amount: '30.00', category: 'TAXES' });
    const fee = await ledger.owe(other, { amount: '30.00', category: 'MISC' });
    const [named, all, rest] = await settlement.settledLines([
      { driver_id: borrower.driver_id, lease_id, amount: '20.00' },
      { driver_id: borrower.driver_id, amount: '35.00' },
      { driver_id: borrower.driver_id, lease_id: borrower.lease_id, amount: '35.00' },
    ]);
    expect([named?.applied, all?.applied, rest?.applied]).toEqual(['20.00', '35.00', '5.00']);
    expect(await ledger.balance(fee.balance_id)).toMatchObject({
      allocations: [
        { payment_posting_id: named?.posting_id, amount_allocated: '20.00' },
        { payment_posting_id: all?.posting_id, amount_allocated: '5.00' },
        { payment_posting_id: rest?.posting_id, amount_allocated: '5.00' },
      ],
    });
    const leases = await app.db.query<object[]>(
      'SELECT lease_id FROM ledger_postings WHERE posting_id = ANY ($1)',
      [[named?.posting_id, all?.posting_id]],
    );
    // the later of the two leases
    expect(leases).toEqual([{ lease_id }, { lease_id }]);
  });

  it('rejects a bad line with its reason and settles the others', async () => {
    const borrower = await aBorrower(app);
    const other = await aBorrower(app);
    await ledger.owe(borrower, { amount: '1000.00' });
    const { tlc_license_number } = await aDriver(app);
    await ledger.pay(borrower, '1.00', { source_id: 'PAID-BEFORE' });
    const line = { driver_id: borrower.driver_id, amount: '10.00' };
    const lines = await settlement.settledLines([
      line,
      { amount: '10.00', driver_id: 999_999 },
      { amount: '10.00', tlc_license_number: 'UNKNOWN' },
      { amount: '10.00' },
      { ...line, tlc_license_number },
      { ...line, lease_id: other.lease_id },
      { ...line, amount: '0.00' },
      { ...line, amount: '100000.01' },
      { ...line, min_take_home: 'half' },
      { ...line, source_id: 'PAID-BEFORE' },
      { ...line, source_id: 'TWICE' },
      { ...line, source_id: 'TWICE' },
    ]);
    expect(lines.map(({ status, error }) => error?.code ?? status)).toEqual([
      'PAID',
      'DRIVER_UNKNOWN',
      'DRIVER_UNKNOWN',
      'VALIDATION_FAILED',
      'DRIVER_UNKNOWN',
      'LEASE_DRIVER_MISMATCH',
      'VALIDATION_FAILED',
      'AMOUNT_OUT_OF_RANGE',
      'VALIDATION_FAILED',
      'SOURCE_ALREADY_POSTED',
      'PAID',
      'SOURCE_ALREADY_POSTED',
    ]);
    const { driver_id } = borrower;
    expect(lines.flatMap(({ error }) => error?.message ?? [])).toEqual([
      'There is no driver 999999.',
      'There is no driver with the TLC number UNKNOWN.',
      'driver_id or tlc_license_number is required.',
      `There is no driver ${driver_id} with the TLC number ${tlc_license_number}.`,
      expect.stringMatching(`^Driver ${driver_id} has no lease L-\\d+\\.$`),
      'amount must be greater than 0.00.',
      'amount must be at most $100,000.00 (got $100,000.01).',
      'min_take_home must be an amount such as 150.00, or a percentage such as 25% (got half).',
      'The earnings PAID-BEFORE are settled already.',
      'Line 11 has the same reference TWICE.',
    ]);
  });

  it('pays a driver without a lease the whole earnings', async () => {
    const { id } = await aDriver(app);
    expect(await settlement.settledLines([{ driver_id: id, amount: '10.00' }])).toMatchObject([
      { status: 'NOTHING_DUE', applied: '0.00', net: '10.00', posting_id: null },
    ]);
  });

  it('answers in a dry run what the run will, and writes nothing', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '100.00' });
    const lines = [
      { driver_id: borrower.driver_id, amount: '50.00', source_id: settlement.nextReference() },
      { driver_id: 999_999, amount: '50.00', source_id: settlement.nextReference() },
    ];
    const before = await dumpLedgerTables(app.db);
    const { lines: previewed, ...preview } = await settlement.settle(lines, { dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    const { lines: rejected, ...run } = await settlement.settle(lines);
    expect(preview).toEqual({ ...run, run_id: null, dry_run: true });
    const [paid, refused] = await settlement.linesOf(run);
    expect(previewed).toEqual([{ ...paid, posting_id: null }, refused]);
    expect(rejected).toEqual([refused]);
    const numbers = await app.db.query<object[]>(
      'SELECT run_id FROM settlement_runs ORDER BY id DESC LIMIT 2',
    );
    expect(numbers).toHaveLength(2);
  });

  it('records each payment in the audit log and as an event, as a single payment is recorded', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '70.00' });
    const [line] = await settlement.settledLines([{ driver_id: borrower.driver_id, amount: '50.00' }]);
    const single = await ledger.pay(borrower, '10.00');
    const recorded = async (table: string, id: string, at: string): Promise<object | undefined> => {
      const [row] = await app.db.query<{ after: object }[]>(
        `SELECT ${at} AS after FROM ${table} WHERE ${id} = $1`,
        [line?.posting_id],
      );
      return row?.after;
    };
    const { dry_run: _dryRun, ...likeSingle } = single;
    for (const after of [
      await recorded('audit_log', 'record_id', 'after'),
      await recorded('outbox', 'aggregate_id', 'payload'),
    ]) {
      expect(Object.keys(after ?? {}).sort()).toEqual(Object.keys(likeSingle).sort());
      expect(after).toMatchObject({
        posting: { posting_id: line?.posting_id, amount: '50.00', source_type: 'WEEKLY_EARNINGS' },
        total_payment: '50.00',
        total_allocated: '50.00',
        credit_used: '0.00',
        remaining_unallocated: '0.00',
        allocations: [
          {
            ...likeSingle.allocations[0],
            amount_allocated: '50.00',
            outstanding_after: '20.00',
            allocation_id: expect.any(String),
            payment_posting_id: line?.posting_id,
          },
        ],
      });
    }
  });
});
