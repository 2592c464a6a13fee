import { calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { Money } from '../../../src/kernel/money/money.js';
import { ledgerWeek } from '../../../src/modules/ledger/postings/ledger-week.js';
import { PostingVoidService } from '../../../src/modules/ledger/voids/posting-void.service.js';
import { SettlementService } from '../../../src/modules/ledger/payments/settlement.service.js';
import { SettlementRunQuery } from '../../../src/modules/ledger/settlement/history/settlement-run.query.js';
import { SettlementRunRepository } from '../../../src/modules/ledger/settlement/settlement-run.repository.js';
import type { SettlementLineView } from '../../../src/modules/ledger/settlement/settlement.view.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aBorrower } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import { SettlementClient } from '../../support/settlement-client.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

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

describe('a reference of earnings', () => {
  it('is settled once: in runs, and in single payments', async () => {
    const borrower = await aBorrower(app);
    const line = { driver_id: borrower.driver_id, amount: '50.00' };
    const [free] = await settlement.settledLines([{ ...line, source_id: 'NOTHING-OWED' }]);
    expect(free?.status).toBe('NOTHING_DUE');
    const fee = await ledger.owe(borrower, { amount: '100.00' });
    await settlement.settledLines([{ ...line, source_id: 'ONCE' }]);
    const again = await settlement.settledLines([
      { ...line, amount: '49.00', source_id: 'NOTHING-OWED' },
      { ...line, amount: '49.00', source_id: 'ONCE' },
    ]);
    expect(again.map(({ error }) => error?.code)).toEqual(['SOURCE_ALREADY_POSTED', 'SOURCE_ALREADY_POSTED']);
    for (const source_id of ['NOTHING-OWED', 'ONCE']) {
      const single = await ledger.tryToPay(borrower, '10.00', { source_id });
      expect(single).toMatchObject({ status: 409, body: { code: 'SOURCE_ALREADY_POSTED' } });
    }
    expect(await ledger.balance(fee.balance_id)).toMatchObject({ payment_applied: '50.00' });
  });

  it('is free again when the payment of its line is voided', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '100.00' });
    const line = { driver_id: borrower.driver_id, amount: '50.00', source_id: 'VOIDED-LATER' };
    const run = await settlement.settle([line]);
    const [paid] = await settlement.linesOf(run);
    await ledger.void(paid?.posting_id ?? '');
    expect(await settlement.linesOf(run)).toMatchObject([{ status: 'VOIDED', applied: '50.00' }]);
    const counted = { lines_paid: 1, total_applied: '50.00', lines_voided: 1, total_voided: '50.00' };
    expect(await app.get(SettlementRunQuery).get(run.run_id ?? '')).toMatchObject(counted);
    expect(await settlement.settledLines([{ ...line, amount: '60.00' }])).toMatchObject([
      { status: 'PAID', applied: '60.00' },
    ]);
  });

  it('can be sent again with the same lines after a payment of their run is voided', async () => {
    const [first, second] = [await aBorrower(app), await aBorrower(app)];
    for (const borrower of [first, second]) await ledger.owe(borrower, { amount: '100.00' });
    const lines = [first, second].map(({ driver_id }) => ({
      driver_id,
      amount: '50.00',
      source_id: settlement.nextReference(),
    }));
    const run = await settlement.settle(lines);
    const [paid] = await settlement.linesOf(run);
    await ledger.void(paid?.posting_id ?? '');
    const again = await settlement.settle(lines);
    expect(again.run_id).not.toBe(run.run_id);
    expect(await settlement.linesOf(again)).toMatchObject([
      { status: 'PAID', applied: '50.00' },
      { status: 'REJECTED', error: { code: 'SOURCE_ALREADY_POSTED' } },
    ]);
  });

  it('is settled once when a single payment and a line without anything due use it at the same time', async () => {
    const [payer, free, owing] = [await aBorrower(app), await aBorrower(app), await aBorrower(app)];
    for (const borrower of [payer, owing]) await ledger.owe(borrower, { amount: '100.00' });
    const source_id = settlement.nextReference();
    let running: Promise<SettlementLineView[]> | undefined;
    await app.get(Transactions).run(async (tx) => {
      const payment = {
        driverId: payer.driver_id,
        leaseId: payer.lease_id,
        amount: Money.of('10.00'),
        sourceType: 'WEEKLY_EARNINGS',
        sourceId: source_id,
        week: ledgerWeek(calendarDate('2025-11-02')),
        description: 'Earnings',
        receipt: null,
      };
      await app.get(SettlementService).recordPayment(tx, SYSTEM_ACTOR, payment, []);
      running = settlement.settledLines([
        { driver_id: free.driver_id, amount: '50.00', source_id },
        { driver_id: owing.driver_id, amount: '50.00' },
      ]);
      await waitForLockWaiters(app.db, 1);
    });
    expect(await running).toMatchObject([
      { status: 'REJECTED', error: { code: 'SOURCE_ALREADY_POSTED' } },
      { status: 'PAID', applied: '50.00' },
    ]);
  });

  it('leads to a new run when the same lines are sent while a payment of their run is being voided', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '100.00' });
    const source_id = settlement.nextReference();
    const lines = [{ driver_id: borrower.driver_id, amount: '50.00', source_id }];
    const run = await settlement.settle(lines);
    const [paid] = await settlement.linesOf(run);
    let again: Promise<{ run_id: string | null }> | undefined;
    await app.get(Transactions).run(async (tx) => {
      await tx.query('SELECT FROM drivers WHERE id = $1 FOR UPDATE', [borrower.driver_id]);
      await app.get(PostingVoidService).reverse(tx, SYSTEM_ACTOR, paid?.posting_id ?? '', 'Wrong');
      again = settlement.settle(lines);
      await waitForLockWaiters(app.db, 1);
    });
    expect(await again).toMatchObject({ status: 'COMPLETED', lines_paid: 1 });
    expect((await again)?.run_id).not.toBe(run.run_id);
  });

  it('leads to a new run when the run that stopped its insertion is voided before it is found', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '100.00' });
    // as if a run with the same content existed only during the insertion
    jest.spyOn(app.get(SettlementRunRepository), 'insert').mockResolvedValueOnce(null);
    expect(await settlement.settle([{ driver_id: borrower.driver_id, amount: '50.00' }])).toMatchObject({
      status: 'COMPLETED',
      lines_paid: 1,
    });
  });

  it('leads to the same run when the same lines are sent again, also at the same time', async () => {
    const borrower = await aBorrower(app);
    await ledger.owe(borrower, { amount: '100.00' });
    const lines = [{ driver_id: borrower.driver_id, amount: '50.00', source_id: 'SAME-FILE' }];
    const runs = await Promise.all([settlement.settle(lines), settlement.settle(lines)]);
    const before = await dumpLedgerTables(app.db);
    runs.push(await settlement.settle(lines));
    expect(new Set(runs.map(({ run_id }) => run_id)).size).toBe(1);
    expect(runs.map(({ lines_paid, total_applied }) => [lines_paid, total_applied])).toEqual([
      [1, '50.00'],
      [1, '50.00'],
      [1, '50.00'],
    ]);
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });
});
