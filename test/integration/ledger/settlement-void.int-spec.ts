import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { LedgerVerificationService, PostingVoidService } from '../../../src/modules/ledger/index.js';
import type { SettlementResultView } from '../../../src/modules/ledger/settlement/settlement.view.js';
import { SettlementVoidService } from '../../../src/modules/ledger/settlement/void/settlement-void.service.js';
import type { BorrowerRef } from '../../support/borrower-ref.js';
import { aBorrower, aLease } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import { SettlementClient } from '../../support/settlement-client.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import { tamper } from '../../support/tampering.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;
let settlement: SettlementClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-04T09:00:00-05:00' });
  ledger = new LedgerClient(app);
  settlement = new SettlementClient(app);
  const chunks = app.get(SettlementVoidService) as unknown as { paymentsAChunk: number };
  jest.replaceProperty(chunks, 'paymentsAChunk', 2);
});

afterEach(() => expectLedgerInvariants(app.db));

afterAll(() => app?.close());

const voidRun = ({ run_id }: { readonly run_id: string }, more: object = {}) =>
  app.get(SettlementVoidService).void(SYSTEM_ACTOR, run_id, { reason: 'Wrong file', ...more });

interface Settled {
  readonly owing: readonly BorrowerRef[];
  readonly lines: readonly {
    readonly driver_id: number;
    readonly amount: string;
    readonly source_id: string;
  }[];
  readonly run: SettlementResultView;
}

/** Three drivers who owe 100.00 and pay 60.00 of it, and one who owes nothing. */
async function settled(): Promise<Settled> {
  const owing = [await aBorrower(app), await aBorrower(app), await aBorrower(app)];
  for (const borrower of owing) await ledger.owe(borrower, { amount: '100.00' });
  const lines = [...owing, await aBorrower(app)].map(({ driver_id }) => ({
    driver_id,
    amount: '60.00',
    source_id: settlement.nextReference(),
  }));
  return { owing, lines, run: await settlement.settle(lines) };
}

const statusesOf = async (run: SettlementResultView): Promise<string[]> =>
  (await settlement.linesOf(run)).map(({ status }) => status);

/** What the drivers owe, and what they have as credit. */
async function sumsOf(borrowers: readonly BorrowerRef[]): Promise<object> {
  const [sums] = await app.db.query<[object]>(
    `SELECT (SELECT sum(outstanding_balance) FROM ledger_balances WHERE driver_id = ANY ($1)) AS debt,
            (SELECT coalesce(sum(left_over), 0) FROM ledger_credits WHERE driver_id = ANY ($1)) AS credit`,
    [borrowers.map(({ driver_id }) => driver_id)],
  );
  return sums;
}

describe('the void of a settlement run', () => {
  it('voids its payments, frees all references and is recorded; the same lines are then a new run', async () => {
    const { owing, lines, run } = await settled();
    expect(await voidRun(run)).toMatchObject({ status: 'VOIDED', void_reason: 'Wrong file', dry_run: false });
    expect(await statusesOf(run)).toEqual(['VOIDED', 'VOIDED', 'VOIDED', 'VOIDED']);
    expect(await sumsOf(owing)).toEqual({ debt: '300.00', credit: '0.00' });
    const recorded = await app.db.query<object[]>(
      'SELECT action, before, after FROM audit_log WHERE record_id = $1 ORDER BY id',
      [run.run_id],
    );
    expect(recorded).toMatchObject([
      { action: 'ledger.settle' },
      { action: 'ledger.void-settlement', before: { status: 'COMPLETED' }, after: { status: 'VOIDED' } },
    ]);
    const again = await settlement.settle(lines);
    expect(again.run_id).not.toBe(run.run_id);
    expect(again).toMatchObject({ lines_paid: 3, lines_nothing_due: 1, lines_rejected: 0 });
  });

  it('leaves debts and credits right after later payments of the drivers', async () => {
    const { owing, run } = await settled();
    const [first, second, third] = owing;
    await ledger.pay(first!, '15.00');
    // 40.00 are still owed, so 30.00 become credit, which then pays what the void reopens
    await ledger.pay(second!, '70.00');
    const lease = await aLease(app, { driver_id: third!.driver_id });
    await ledger.owe(
      { driver_id: third!.driver_id, lease_id: lease.id },
      { amount: '10.00', category: 'TAXES' },
    );
    await ledger.pay(third!, '45.00');
    expect(await sumsOf(owing)).toEqual({ debt: '30.00', credit: '30.00' });
    await voidRun(run);
    expect(await sumsOf([first!])).toEqual({ debt: '85.00', credit: '0.00' });
    expect(await sumsOf([second!])).toEqual({ debt: '30.00', credit: '0.00' });
    expect(await sumsOf([third!])).toEqual({ debt: '65.00', credit: '0.00' });
  });

  it('continues with the rest when it is sent again after an interruption', async () => {
    const { owing, run } = await settled();
    const postings = app.get(PostingVoidService);
    const reverse = postings.reverse.bind(postings);
    let voids = 0;
    const interrupted = jest.spyOn(postings, 'reverse').mockImplementation((...posting) => {
      voids += 1;
      return voids === 3 ? Promise.reject(new Error('the process was stopped')) : reverse(...posting);
    });
    await expect(voidRun(run)).rejects.toThrow('the process was stopped');
    interrupted.mockRestore();
    expect((await statusesOf(run)).sort()).toEqual(['NOTHING_DUE', 'PAID', 'VOIDED', 'VOIDED']);
    expect(await sumsOf(owing)).toEqual({ debt: '240.00', credit: '0.00' });
    expect(await voidRun(run)).toMatchObject({ status: 'VOIDED' });
    expect(await sumsOf(owing)).toEqual({ debt: '300.00', credit: '0.00' });
  });

  it('leaves the lines that a failed run has not settled, and passes the verification', async () => {
    const lines = [await aBorrower(app), await aBorrower(app)].map(({ driver_id }) => ({
      driver_id,
      amount: '60.00',
      source_id: settlement.nextReference(),
    }));
    const run_id = await settlement.failAfterOneLine(lines);
    expect(await voidRun({ run_id })).toMatchObject({ status: 'VOIDED' });
    expect((await settlement.linesOf({ run_id })).map(({ status }) => status)).toEqual(['VOIDED', 'PENDING']);
    expect(await app.get(LedgerVerificationService).verify({})).toMatchObject({ differences: [] });
    expect(await settlement.settle(lines)).toMatchObject({ status: 'COMPLETED', lines_rejected: 0 });
  });

  it('voids a payment once when two people void the run at the same time', async () => {
    const { owing, run } = await settled();
    await ledger.void((await settlement.linesOf(run))[0]?.posting_id ?? '');
    const voided = await Promise.allSettled([voidRun(run), voidRun(run)]);
    expect(voided.map(({ status }) => status)).toContain('fulfilled');
    expect(await sumsOf(owing)).toEqual({ debt: '300.00', credit: '0.00' });
  });

  it('answers in a dry run what it will, and writes nothing', async () => {
    const { run } = await settled();
    const before = await dumpLedgerTables(app.db);
    const preview = await voidRun(run, { dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    expect(await statusesOf(run)).toContain('PAID');
    expect(preview).toEqual({ ...(await voidRun(run)), dry_run: true });
  });

  it('is refused for a run that is voided, runs or does not exist', async () => {
    const { run } = await settled();
    await tamper(app.db, `UPDATE settlement_runs SET status = 'RUNNING' WHERE run_id = '${run.run_id}'`);
    await expect(voidRun(run)).rejects.toMatchObject({ code: 'SETTLEMENT_RUN_NOT_VOIDABLE' });
    await tamper(app.db, `UPDATE settlement_runs SET status = 'COMPLETED' WHERE run_id = '${run.run_id}'`);
    await voidRun(run);
    await expect(voidRun(run)).rejects.toMatchObject({ code: 'SETTLEMENT_RUN_NOT_VOIDABLE' });
    const other = voidRun({ run_id: 'SR-2025-999999' });
    await expect(other).rejects.toMatchObject({ code: 'SETTLEMENT_RUN_NOT_FOUND' });
  });
});
