import type { BalanceDetailResponse } from '../../src/modules/ledger/balances/balance.response.js';
import type { PostingResponse } from '../../src/modules/ledger/postings/posting.response.js';
import type { PayoffResponse } from '../../src/modules/loans/servicing/payoff/payoff.response.js';
import { aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

const TODAY = '2025-11-05';
const STATED = { method: 'CHECK', received_on: '2025-11-03', note: 'Check 1042' };
const SHOWN = { payment_method: 'CHECK', received_on: '2025-11-03', notes: 'Check 1042' };

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: `${TODAY}T23:30:00-05:00` });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const postingOf = async (id: string): Promise<PostingResponse> =>
  (await app.as('MANAGER').get<PostingResponse>(`/ledger/postings/${id}`)).body;

describe('the receipt of a payment', () => {
  it('is stored with payments by hierarchy and targeted payments, and never changes', async () => {
    const account = await aLedgerAccount(app);
    const { balance_id } = await ledger.owe(account);
    const paid = await ledger.pay(account, '10.00', STATED);
    expect(paid.posting).toMatchObject({ kind: 'PAYMENT', ...SHOWN });
    const targeted = await ledger.target(account, '10.00', [[balance_id, '10.00']], STATED);
    expect(targeted.posting).toMatchObject({ kind: 'PAYMENT', ...SHOWN });
    const { posting, reversal } = await ledger.void(targeted.posting.posting_id);
    expect(posting).toMatchObject({ kind: 'PAYMENT', ...SHOWN });
    expect(reversal).toMatchObject({ kind: 'VOID', payment_method: null, received_on: null });
  });

  it('defaults to the method EARNINGS for weekly earnings', async () => {
    const { posting } = await ledger.pay(await aLedgerAccount(app), '10.00');
    expect(posting).toMatchObject({ source_type: 'WEEKLY_EARNINGS', payment_method: 'EARNINGS' });
  });

  it('defaults to today, the method OTHER and no note', async () => {
    const { posting } = await ledger.pay(await aLedgerAccount(app), '10.00', {
      source_type: 'REFERRAL_BONUS',
    });
    expect(await postingOf(posting.posting_id)).toMatchObject({
      payment_method: 'OTHER',
      received_on: TODAY,
      notes: null,
    });
  });

  it('is shown in the list, the export and the audit log', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '10.00', STATED);
    const query = `driver_id=${account.driver_id}`;
    const list = await app.as('MANAGER').get(`/ledger/postings?${query}`);
    expect(list.body['items']).toMatchObject([SHOWN]);
    const file = await app.as('MANAGER').get(`/ledger/postings/export/json?${query}`);
    expect(file.body['items']).toMatchObject([{ kind: 'PAYMENT', ...SHOWN }]);
    const log = await app.as('ADMIN').get(`/audit?record_id=${posting.posting_id}`);
    expect(log.body['items']).toMatchObject([{ after: { posting: SHOWN } }]);
  });

  it('is stored with the payment of a payoff', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '100.00', start_week: '2025-11-09' });
    const payment = { amount: '40.00', source_type: 'CASHIER', source_id: `PAYOFF-${loan_id}`, ...STATED };
    const answer = await app.as('FINANCE').post<PayoffResponse>(`/loans/${loan_id}/payoff`, { payment });
    expect(answer.status).toBe(200);
    expect(await postingOf(answer.body.payment_posting_id ?? '')).toMatchObject({
      kind: 'PAYMENT',
      ...SHOWN,
    });
    const late = { ...payment, received_on: '2025-11-06' };
    const rejected = await app.as('FINANCE').post(`/loans/${loan_id}/payoff`, { payment: late });
    expect(rejected.status).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['method', { method: 'GOLD' }],
    ['method', { method: null }],
    ['received_on', { received_on: '2025-11-06' }],
    ['received_on', { received_on: '2024-11-03' }],
    ['received_on', { received_on: '2025-02-30' }],
    ['note', { note: '' }],
    ['note', { note: 'x'.repeat(256) }],
  ])('is rejected for its %s: %j', async (field, more) => {
    const account = await aLedgerAccount(app);
    expectFieldErrors(await ledger.tryToPay(account, '1.00', more), field);
    const { balance_id } = await ledger.owe(account);
    expectFieldErrors(await ledger.tryToTarget(account, '1.00', [[balance_id, '1.00']], more), field);
  });
});

describe('a voided balance', () => {
  it('owes nothing in its detail, the list and the totals of the export, now and as of later instants', async () => {
    const account = await aLedgerAccount(app);
    const { balance_id, posting_id } = await ledger.owe(account, { category: 'PVB', amount: '65.00' });
    const owed = { status: 'OPEN', outstanding_balance: '65.00' };
    const gone = { status: 'VOIDED', original_amount: '65.00', outstanding_balance: '0.00' };
    const before = app.clock.now().toISOString();
    app.clock.set(new Date(app.clock.now().getTime() + 1_000).toISOString());
    await ledger.void(posting_id);
    const balance = await ledger.balance(balance_id);
    expect(balance).toMatchObject(gone);
    expect(await ledger.balance(balance_id, before)).toMatchObject(owed);
    expect(await ledger.balance(balance_id, app.clock.now().toISOString())).toMatchObject(gone);
    const list = await app
      .as('MANAGER')
      .get<{ items: BalanceDetailResponse[] }>(`/ledger/balances?driver_id=${account.driver_id}`);
    expect(list.body.items).toMatchObject([gone]);
    const { body } = await app
      .as('MANAGER')
      .get(`/ledger/balances/export/json?driver_id=${account.driver_id}`);
    expect(body['totals']).toMatchObject({ original_amount: '0.00', outstanding_balance: '0.00' });
  });
});
