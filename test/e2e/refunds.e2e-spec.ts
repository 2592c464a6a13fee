import type { RefundResponse } from '../../src/modules/ledger/credits/credit.response.js';
import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectLedgerInvariants } from '../support/ledger-invariants.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

let app: TestApp;

let ledger: LedgerClient;

const creditOf = async (account: BorrowerRef): Promise<string> =>
  (await ledger.owed(account)).unallocated_credit;

beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-05T10:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterEach(async () => {
  await expectLedgerInvariants(app.db);
  await app.close();
});

describe('a refund', () => {
  const refundedOf = async (account: BorrowerRef) => ({
    credit: await creditOf(account),
    statement: (
      await app
        .as('FINANCE')
        .get<{ totals: object }>(
          `/ledger/statements?driver_id=${account.driver_id}&lease_id=${account.lease_id}&period_start=2025-11-02`,
        )
    ).body.totals,
  });

  it('pays back the oldest credits by a DEBIT without balance, which no statement charges', async () => {
    const account = await aLedgerAccount(app);
    const other = await aLedgerAccount(app, account.driver_id);
    await ledger.pay(account, '50.00');
    await ledger.pay(other, '30.00');
    const dry = await ledger.tryToRefund(account, '60.00', { dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { dry_run: true, posting: { posting_id: null } } });
    const refund = await ledger.refund(account, '60.00', {
      reference: 'CHECK-7',
      reason: 'Leaves the fleet',
    });
    expect(refund).toMatchObject({
      dry_run: false,
      amount: '60.00',
      credit_left: '20.00',
      posting: {
        driver_id: account.driver_id,
        lease_id: other.lease_id,
        posting_type: 'DEBIT',
        kind: 'REFUND',
        category: 'EARNINGS',
        amount: '60.00',
        source_type: 'REFUND',
        source_id: 'CHECK-7',
        payment_method: 'CHECK',
        received_on: '2025-11-05',
        notes: 'Leaves the fleet',
      },
    });
    expect(await refundedOf(account)).toMatchObject({
      credit: '20.00',
      statement: { current_charge: '0.00' },
    });
    expect(await app.get(LedgerVerificationService).verify()).toMatchObject({ ok: true, differences: [] });
    expect((await ledger.owe(account)).outstanding_balance).toBe('80.00');
  });

  it('never exceeds the credit, and is accepted only once for a reference', async () => {
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '50.00');
    expect(await ledger.tryToRefund(account, '50.01')).toMatchObject({
      status: 400,
      body: { code: 'REFUND_EXCEEDS_CREDIT', errors: [{ field: 'amount' }] },
    });
    await ledger.refund(account, '50.00', { reference: 'T-1' });
    for (const amount of ['50.00', '1.00']) {
      expect(await ledger.tryToRefund(account, amount, { reference: 'T-1' })).toMatchObject({
        status: 409,
        body: { code: 'SOURCE_ALREADY_POSTED', errors: [{ field: 'reference' }] },
      });
    }
    expect(await ledger.tryToRefund(account, '0.01')).toMatchObject({ status: 400 });
  });

  it('is rejected for a zero amount, an unknown driver or method, and without ledger:refund', async () => {
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '50.00');
    const refusals = [
      await ledger.tryToRefund(account, '0.00'),
      await ledger.tryToRefund(account, '1.00', { method: 'IOU' }),
      await ledger.tryToRefund({ driver_id: 4711 }, '1.00'),
    ];
    expect(refusals.map(({ status, body }) => [status, (body as { code?: string }).code])).toEqual([
      [400, 'VALIDATION_FAILED'],
      [400, 'VALIDATION_FAILED'],
      [400, 'DRIVER_UNKNOWN'],
    ]);
    const body = { ...account, amount: '1.00', method: 'CASH', reference: 'R', reason: 'x' };
    expect((await app.as('MANAGER').post('/ledger/refunds', body)).status).toBe(403);
  });

  it('blocks the void of its payment until the refund is voided, and its credit then pays again', async () => {
    const account = await aLedgerAccount(app);
    const paid = await ledger.pay(account, '50.00');
    const { posting } = await ledger.refund(account, '40.00');
    expect(await ledger.tryToVoid(paid.posting.posting_id)).toMatchObject({
      status: 409,
      body: { code: 'CREDIT_REFUNDED' },
    });
    const balance = await ledger.owe(account);
    expect(balance.outstanding_balance).toBe('90.00');
    expect(await ledger.void(posting.posting_id)).toMatchObject({
      balances: [],
      credit_reversed: '0.00',
      credit_used: '40.00',
      allocations: [{ balance_id: balance.balance_id, amount_allocated: '40.00' }],
    });
    await ledger.void(paid.posting.posting_id);
    expect(await ledger.owed(account)).toMatchObject({
      outstanding_balance: '100.00',
      unallocated_credit: '0.00',
    });
  });

  it('returns the same response under its Idempotency-Key', async () => {
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '50.00');
    const body = {
      driver_id: account.driver_id,
      amount: '20.00',
      method: 'CASH',
      reference: 'C-1',
      reason: 'x',
    };
    const answers = [];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const headers = { 'idempotency-key': 'refund-1' };
      answers.push(await app.as('FINANCE').post<RefundResponse>('/ledger/refunds', body, headers));
    }
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await creditOf(account)).toBe('30.00');
  });
});
