import type { VoidResponse } from '../../src/modules/ledger/voids/void.response.js';
import { asDryRun } from '../support/as-dry-run.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables, dumpTables } from '../support/table-dump.js';
import { aLedgerAccount } from './support/ledger-account.js';
import { app, ledger, aPostedLoan, useLedgerVoids } from './support/ledger-voids-fixture.js';

useLedgerVoids();

describe('the dry run of a void', () => {
  const OTHER_TABLES = ['audit_log', 'balance_disputes', 'idempotency_keys'];
  const dumpAll = async () => [await dumpLedgerTables(app.db), await dumpTables(app.db, OTHER_TABLES)];

  const dryRunOf = (real: VoidResponse): VoidResponse => asDryRun(real, [real.reversal.posting_id]);

  const tryDry = async (postingId: string): Promise<VoidResponse> => {
    const before = await dumpAll();
    const answer = await ledger.tryToVoid(postingId, 'Wrong driver', { dry_run: true });
    expect(answer).toMatchObject({ status: 200, body: { dry_run: true } });
    expect(await dumpAll()).toEqual(before);
    return answer.body;
  };

  it('shows for a payment the amounts owed again and the lost credit, and writes nothing', async () => {
    const account = await aLedgerAccount(app);
    const [closed, disputed] = [await ledger.owe(account), await ledger.owe(account)];
    await ledger.pay(account, '30.00');
    const { posting } = await ledger.pay(account, '120.00');
    const { posting: second } = await ledger.pay(account, '60.00');
    await ledger.void(second.posting_id);
    await ledger.dispute('dispute', disputed.balance_id);
    const dryRun = await tryDry(posting.posting_id);
    expect(dryRun).toMatchObject({
      reversal: { posting_type: 'DEBIT', amount: '120.00', reverses_posting_id: posting.posting_id },
      balances: [
        {
          balance_id: closed.balance_id,
          category: 'LEASE',
          reference_id: closed.reference_id,
          due_date: closed.due_date,
          amount: '70.00',
          outstanding_after: '70.00',
          status_after: 'OPEN',
        },
        {
          balance_id: disputed.balance_id,
          amount: '50.00',
          outstanding_after: '100.00',
          status_after: 'DISPUTED',
        },
      ],
      credit_reversed: '0.00',
    });
    const real = await ledger.void(posting.posting_id, 'Wrong driver');
    expect(dryRun).toEqual(dryRunOf(real));
    expect(await ledger.balance(closed.balance_id)).toMatchObject({ outstanding_balance: '70.00' });
  });

  it('shows the remaining credit of a payment', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account);
    const { posting } = await ledger.pay(account, '145.89');
    expect(await tryDry(posting.posting_id)).toMatchObject({
      balances: [{ amount: '100.00', outstanding_after: '100.00' }],
      credit_reversed: '45.89',
    });
  });

  it('shows for an obligation which balance is no longer owed', async () => {
    const loan = await aPostedLoan();
    const dryRun = await tryDry(loan.postingId);
    expect(dryRun).toMatchObject({
      posting: { status: 'VOIDED' },
      reversal: { posting_type: 'CREDIT', amount: '100.00' },
      balances: [
        {
          balance_id: loan.balanceId,
          reference_id: `${loan.loan_id}-INST-01`,
          amount: '-100.00',
          outstanding_after: '0.00',
          status_after: 'VOIDED',
        },
      ],
      credit_reversed: '0.00',
    });
    expect(dryRun).toEqual(dryRunOf(await ledger.void(loan.postingId, 'Wrong driver')));
  });

  it('is rejected like the real void, and stores nothing under its Idempotency-Key', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { posting } = await ledger.pay(account, '5.00');
    const dry = await ledger.tryToVoid(debt.posting_id, 'Twice', { dry_run: true });
    expectProblem(dry, 409, 'BALANCE_HAS_PAYMENTS');
    const path = `/ledger/postings/${posting.posting_id}/void`;
    const send = (dry_run: boolean) =>
      app
        .as('FINANCE')
        .post<VoidResponse>(path, { reason: 'Twice', dry_run }, { 'idempotency-key': 'dry-then-real' });
    expect((await send(true)).body).toMatchObject({ dry_run: true });
    expect((await send(false)).body).toMatchObject({ dry_run: false, posting: { status: 'VOIDED' } });
    expectFieldErrors(await ledger.tryToVoid(debt.posting_id, 'x', { dry_run: 'no' }), 'dry_run');
  });
});

describe('a void', () => {
  it('is rejected for a voided posting and for a reversal, and changes nothing', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { posting } = await ledger.pay(account, '20.00');
    const paymentVoid = await ledger.void(posting.posting_id);
    const debtVoid = await ledger.void(debt.posting_id);
    const before = await dumpLedgerTables(app.db);
    for (const { posting: voided, reversal } of [paymentVoid, debtVoid]) {
      const again = expectProblem(await ledger.tryToVoid(voided.posting_id), 409, 'POSTING_ALREADY_VOIDED');
      expect(again.detail).toContain(reversal.posting_id);
      expectProblem(await ledger.tryToVoid(reversal.posting_id), 409, 'REVERSAL_NOT_VOIDABLE');
    }
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('has a reserved source type that no payment can use', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '20.00');
    const source = { source_type: 'VOID', source_id: posting.posting_id };
    expectProblem(await ledger.tryToPay(account, '1.00', source), 400, 'SOURCE_TYPE_RESERVED');
    await ledger.void(posting.posting_id);
  });

  it('requires ledger:void, an existing posting and a reason', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '20.00');
    const path = `/ledger/postings/${posting.posting_id}/void`;
    expectProblem(await app.as('MANAGER').post(path, { reason: 'x' }), 403, 'PERMISSION_MISSING');
    expectProblem(await ledger.tryToVoid('LP-2025-999999'), 404, 'POSTING_NOT_FOUND');
    for (const reason of [undefined, '', '  ', 7, 'x'.repeat(256)]) {
      expectFieldErrors(await app.as('FINANCE').post(path, { reason }), 'reason');
    }
    expectFieldErrors(await app.as('FINANCE').post(path, { reason: 'x', force: true }), 'force');
  });
});
