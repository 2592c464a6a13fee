import type {
  CreditApplicationResponse,
  CreditPageResponse,
} from '../../src/modules/ledger/credits/credit.response.js';
import type { LoanAgingResponse } from '../../src/modules/loans/reports/loan-aging.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { PayoffQuoteResponse } from '../../src/modules/loans/servicing/payoff/payoff.response.js';
import type { PostingResultResponse } from '../../src/modules/loans/posting-runs/posting-result.response.js';
import { aLoan } from '../support/factories.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectLedgerInvariants } from '../support/ledger-invariants.js';
import { postInBatchesOf } from '../support/posting-batches.js';
import { tick } from '../support/scheduled-posting.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

let app: TestApp;

let ledger: LedgerClient;

const postWeek = async (more: object = {}) =>
  (await app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', more)).body;

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

describe('a credit', () => {
  it('pays each installment when the weekly run posts it, so that a driver who paid ahead is never overdue', async () => {
    app.clock.set('2025-10-29T10:00:00-04:00');
    const loan = await aLoan(app, {
      loan_amount: '1000.00',
      interest_rate: '10.00',
      start_week: '2025-11-02',
    });
    await ledger.pay(loan, '1000.00', { payment_period_start: '2025-10-26' });
    app.clock.set('2025-11-02T05:00:00-05:00');
    const dry = await postWeek({ dry_run: true });
    const first = await postWeek();
    expect(dry).toMatchObject({ total_amount_posted: '202.74', credits_applied: '202.74' });
    expect(first).toMatchObject({ total_amount_posted: '202.74', credits_applied: '202.74' });
    expect((await app.as('FINANCE').get(`/loans/posting-runs/${first.run_id}`)).body).toMatchObject({
      credits_applied: '202.74',
    });
    app.clock.set('2025-11-09T05:00:00-05:00');
    expect(await postWeek()).toMatchObject({ credits_applied: '201.53' });
    app.clock.set('2025-11-17T09:00:00-05:00');
    const aging = (await app.as('FINANCE').get<LoanAgingResponse>('/loans/reports/aging')).body;
    expect(aging.totals).toMatchObject({ overdue: '0.00' });
    expect(aging.portfolio_at_risk).toMatchObject({ principal_overdue: '0.00', share_overdue: '0.00' });
    const quote = (await app.as('FINANCE').get<PayoffQuoteResponse>(`/loans/${loan.loan_id}/payoff`)).body;
    expect(quote).toMatchObject({ unpaid_principal: '0.00', unpaid_interest: '0.00' });
    expect(await creditOf(loan)).toBe('595.73');
  });

  it('is counted once in a dry run of several batches, as in the real run', async () => {
    app.clock.set('2025-10-29T10:00:00-04:00');
    const lent = { loan_amount: '200.00', start_week: '2025-11-02' };
    const { driver_id, lease_id } = await aLoan(app, lent);
    await aLoan(app, { ...lent, driver_id, lease_id });
    await ledger.pay({ driver_id, lease_id }, '250.00', { payment_period_start: '2025-10-26' });
    app.clock.set('2025-11-02T05:00:00-05:00');
    postInBatchesOf(app, 1);
    for (const dry_run of [true, false]) {
      expect(await postWeek({ dry_run })).toMatchObject({
        dry_run,
        installments_posted: 2,
        credits_applied: '250.00',
      });
    }
  });

  it('closes the loan that it pays off, and a run without credits reports 0.00', async () => {
    app.clock.set('2025-10-29T10:00:00-04:00');
    const loan = await aLoan(app, { loan_amount: '200.00', start_week: '2025-11-02' });
    await ledger.pay(loan, '250.00', { payment_period_start: '2025-10-26' });
    app.clock.set('2025-11-02T05:00:00-05:00');
    expect(await postWeek()).toMatchObject({ installments_posted: 1, credits_applied: '200.00' });
    const { body } = await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan.loan_id}`);
    expect(body).toMatchObject({
      status: 'CLOSED',
      outstanding_balance: '0.00',
      closure_reason: 'Paid in full',
    });
    expect(await creditOf(loan)).toBe('50.00');
    await aLoan(app, { loan_amount: '100.00', start_week: '2025-11-02' });
    expect(await postWeek()).toMatchObject({ installments_posted: 1, credits_applied: '0.00' });
  });

  it('pays the first installment of a loan that is created after the run of its week', async () => {
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '150.00');
    const lent = await aLoan(app, { ...account, start_week: '2025-11-02' });
    expect(lent.installments[0]).toMatchObject({ status: 'PAID', outstanding_balance: '0.00' });
    expect(await creditOf(account)).toBe('50.00');
  });

  it('pays an obligation when it is recorded', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '60.00');
    const balance = await ledger.owe(account);
    expect(balance).toMatchObject({ payment_applied: '60.00', outstanding_balance: '40.00' });
    expect((await ledger.balance(balance.balance_id)).allocations).toMatchObject([
      { payment_posting_id: posting.posting_id, amount_allocated: '60.00', allocation_type: 'HIERARCHY' },
    ]);
    expect(await creditOf(account)).toBe('0.00');
  });

  it('pays neither a deposit, which needs a targeted payment, nor a disputed balance', async () => {
    const account = await aLedgerAccount(app);
    const disputed = await ledger.owe(account);
    await ledger.dispute('dispute', disputed.balance_id);
    await ledger.pay(account, '60.00');
    await ledger.owe(account, { category: 'DEPOSITS' });
    expect(await creditOf(account)).toBe('60.00');
  });

  it('pays a balance when its dispute is resolved', async () => {
    const account = await aLedgerAccount(app);
    const balance = await ledger.owe(account);
    await ledger.dispute('dispute', balance.balance_id);
    await ledger.pay(account, '60.00');
    const resolved = await ledger.dispute('resolve', balance.balance_id);
    expect(resolved).toMatchObject({
      status: 'OPEN',
      payment_applied: '60.00',
      outstanding_balance: '40.00',
    });
    expect(await creditOf(account)).toBe('0.00');
  });

  it('pays what the void of another payment reopens, and the void reports this', async () => {
    const account = await aLedgerAccount(app);
    const balance = await ledger.owe(account);
    const mistaken = await ledger.pay(account, '120.00');
    const credit = await ledger.pay(account, '30.00');
    const answer = await ledger.void(mistaken.posting.posting_id);
    expect(answer).toMatchObject({
      balances: [{ balance_id: balance.balance_id, amount: '100.00', outstanding_after: '100.00' }],
      credit_reversed: '20.00',
      credit_used: '30.00',
      allocations: [
        {
          payment_posting_id: credit.posting.posting_id,
          balance_id: balance.balance_id,
          amount_allocated: '30.00',
          outstanding_after: '70.00',
        },
      ],
    });
    expect(await ledger.owed(account)).toMatchObject({
      outstanding_balance: '70.00',
      unallocated_credit: '0.00',
    });
  });

  it('belongs to the driver: a payment under one lease also pays obligations under another', async () => {
    const account = await aLedgerAccount(app);
    const other = await aLedgerAccount(app, account.driver_id);
    const [misc, tax] = [
      await ledger.owe(account, { category: 'MISC' }),
      await ledger.owe(other, { category: 'TAXES' }),
    ];
    const paid = await ledger.pay(account, '150.00');
    expect(paid).toMatchObject({
      credit_used: '0.00',
      total_allocated: '150.00',
      remaining_unallocated: '0.00',
    });
    expect(paid.allocations.map((part) => [part.balance_id, part.amount_allocated])).toEqual([
      [misc.balance_id, '100.00'],
      [tax.balance_id, '50.00'],
    ]);
    await ledger.pay(other, '80.00');
    expect([await creditOf(account), await creditOf(other)]).toEqual(['30.00', '30.00']);
  });

  it.each([
    ['a payment by hierarchy', []],
    ['a targeted payment', ['10.00']],
  ])(
    'is balanced beside %s: payment plus credit used equals allocations plus remainder',
    async (_, parts) => {
      const account = await aLedgerAccount(app);
      await ledger.pay(account, '40.00');
      const deposit = await ledger.owe(account, { category: 'DEPOSITS' });
      const answer =
        parts.length === 0
          ? await ledger.pay(account, '50.00')
          : await ledger.target(account, '50.00', [[deposit.balance_id, '10.00']]);
      const [payment, used, allocated, remaining] = [
        answer.total_payment,
        answer.credit_used,
        answer.total_allocated,
        answer.remaining_unallocated,
      ].map(Number);
      expect((payment ?? 0) + (used ?? 0)).toBeCloseTo((allocated ?? 0) + (remaining ?? 0), 2);
      expect(answer).toMatchObject({ credit_used: '0.00' });
    },
  );
});

describe('GET /ledger/credits', () => {
  it('lists the remaining credit of each payment, with its driver and the total', async () => {
    const [account, other] = [await aLedgerAccount(app), await aLedgerAccount(app)];
    await ledger.owe(account);
    const older = await ledger.pay(account, '130.00', { source_id: 'E-1' });
    const newer = await ledger.pay(account, '20.00');
    await ledger.pay(other, '7.00');
    const list = async (query: string) =>
      (await app.as('MANAGER').get<CreditPageResponse>(`/ledger/credits?${query}`)).body;
    const ofDriver = await list(`driver_id=${account.driver_id}&sort_order=asc`);
    expect(ofDriver).toMatchObject({ total: 2, page: 1, total_pages: 1, total_left_over: '50.00' });
    expect(ofDriver.items).toMatchObject([
      {
        posting_id: older.posting.posting_id,
        ...account,
        tlc_license_number: expect.any(String) as string,
        driver_name: expect.any(String) as string,
        amount: '130.00',
        left_over: '30.00',
        source_type: 'WEEKLY_EARNINGS',
        source_id: 'E-1',
      },
      { posting_id: newer.posting.posting_id, left_over: '20.00' },
    ]);
    expect(await list('page_size=2')).toMatchObject({ total: 3, total_pages: 2, total_left_over: '57.00' });
  });
});

describe('POST /ledger/credits/apply', () => {
  const apply = (more: object) =>
    app.as('FINANCE').post<CreditApplicationResponse>('/ledger/credits/apply', more);

  it('pays an open balance that other code left beside a credit; a dry run returns the same and writes nothing', async () => {
    const account = await aLedgerAccount(app);
    const balance = await ledger.owe(account);
    const as = (status: string) =>
      app.db.query('UPDATE ledger_balances SET status = $2 WHERE balance_id = $1', [
        balance.balance_id,
        status,
      ]);
    await as('DISPUTED');
    const { posting } = await ledger.pay(account, '130.00');
    await as('OPEN');
    const { driver_id } = account;
    const answer = {
      driver_id,
      credit_used: '100.00',
      allocations: [
        {
          payment_posting_id: posting.posting_id,
          balance_id: balance.balance_id,
          amount_allocated: '100.00',
          outstanding_after: '0.00',
        },
      ],
      credit_left: '30.00',
    };
    const before = await dumpLedgerTables(app.db);
    const dry = await apply({ driver_id, dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { ...answer, dry_run: true } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    expect(await apply({ driver_id })).toMatchObject({ status: 200, body: { ...answer, dry_run: false } });
    expect((await apply({ driver_id })).body).toMatchObject({ credit_used: '0.00', allocations: [] });
  });

  it('rejects an unknown driver and a caller without ledger:post', async () => {
    expect(await apply({ driver_id: 4711 })).toMatchObject({ status: 400, body: { code: 'DRIVER_UNKNOWN' } });
    expect((await app.as('MANAGER').post('/ledger/credits/apply', { driver_id: 1 })).status).toBe(403);
  });
});
