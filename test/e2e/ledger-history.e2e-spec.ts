import type { BalanceResponse } from '../../src/modules/ledger/balances/balance.response.js';
import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { PAYMENT_ORDER } from '../support/model/categories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

const NOW = '2025-11-05T09:00:00-05:00';

let app: TestApp;
let ledger: LedgerClient;
let clerk: number;

beforeAll(async () => {
  app = await startTestApp({ now: NOW });
  ledger = new LedgerClient(app);
  clerk = (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body.id;
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(NOW));

const tomorrow = (): string => {
  app.clock.advanceDays(1);
  return app.clock.now().toISOString();
};

describe('a dispute', () => {
  it('excludes the balance from payments until it is resolved, and records user, time and reason', async () => {
    const account = await aLedgerAccount(app);
    const { balance_id } = await ledger.owe(account);
    const raised = await ledger.dispute('dispute', balance_id, 'Was not there');
    const first = { step: 'DISPUTED', reason: 'Was not there', recorded_by: clerk };
    const raisedAt = app.clock.now().toISOString();
    expect(raised).toMatchObject({ status: 'DISPUTED', outstanding_balance: '100.00' });
    expect(raised.disputes).toEqual([{ ...first, recorded_at: raisedAt }]);
    expect(await ledger.pay(account, '10.00')).toMatchObject({ allocations: [] });
    expect(await ledger.owed(account)).toMatchObject({ outstanding_balance: '0.00', balances: [] });
    const resolvedAt = tomorrow();
    const { dry_run, ...resolved } = await ledger.dispute('resolve', balance_id, 'He was');
    expect(dry_run).toBe(false);
    expect(resolved).toMatchObject({ status: 'OPEN', payment_applied: '10.00' });
    expect(resolved.disputes).toEqual([
      { ...first, recorded_at: raisedAt },
      { step: 'RESOLVED', reason: 'He was', recorded_by: clerk, recorded_at: resolvedAt },
    ]);
    expect(await ledger.balance(balance_id)).toEqual(resolved);
    await expect(app.db.query('DELETE FROM balance_disputes')).rejects.toThrow(/append-only/);
    await expect(app.db.query(`UPDATE balance_disputes SET reason = 'x'`)).rejects.toThrow(/append-only/);
  });

  it('can only be raised on open balances and resolved on disputed ones', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { balance_id } = debt;
    expectProblem(await ledger.tryToDispute('resolve', balance_id), 409, 'BALANCE_NOT_DISPUTED');
    await ledger.dispute('dispute', balance_id);
    expectProblem(await ledger.tryToDispute('dispute', balance_id), 409, 'BALANCE_NOT_OPEN');
    await ledger.dispute('resolve', balance_id);
    const { posting } = await ledger.pay(account, '100.00');
    expectProblem(await ledger.tryToDispute('dispute', balance_id), 409, 'BALANCE_NOT_OPEN');
    await ledger.void(posting.posting_id);
    await ledger.void(debt.posting_id);
    expectProblem(await ledger.tryToDispute('dispute', balance_id), 409, 'BALANCE_NOT_OPEN');
    expectProblem(await ledger.tryToDispute('resolve', balance_id), 409, 'BALANCE_NOT_DISPUTED');
  });

  it.each(['dispute', 'resolve'] as const)(
    'requires ledger:post, an existing balance and a reason: %s',
    async (step) => {
      const { balance_id } = await ledger.owe(await aLedgerAccount(app));
      const path = `/ledger/balances/${balance_id}/${step}`;
      expectProblem(await app.as('MANAGER').post(path, { reason: 'x' }), 403, 'PERMISSION_MISSING');
      expectProblem(await ledger.tryToDispute(step, 'LB-2025-999999'), 404, 'BALANCE_NOT_FOUND');
      for (const reason of [undefined, '', 7, 'x'.repeat(256)]) {
        expectFieldErrors(await app.as('FINANCE').post(path, { reason }), 'reason');
      }
    },
  );
});

describe('the ledger as of an instant', () => {
  it('shows each balance as it was then, whatever has happened since', async () => {
    const account = await aLedgerAccount(app);
    const before = '2025-11-05T08:59:59.999-05:00';
    const { balance_id, posting_id } = await ledger.owe(account);
    const at = { owed: NOW, paid: tomorrow(), disputed: '', voided: '', gone: '' };
    const { posting } = await ledger.pay(account, '100.00');
    at.voided = tomorrow();
    await ledger.void(posting.posting_id);
    at.disputed = tomorrow();
    await ledger.dispute('dispute', balance_id);
    tomorrow();
    await ledger.dispute('resolve', balance_id);
    at.gone = tomorrow();
    await ledger.void(posting_id);

    const then = async (instant: string) => {
      const { status, payment_applied, allocations, disputes } = await ledger.balance(balance_id, instant);
      return [status, payment_applied, allocations.length, disputes.length];
    };
    expect(await then(at.owed)).toEqual(['OPEN', '0.00', 0, 0]);
    expect(await then(at.paid)).toEqual(['CLOSED', '100.00', 1, 0]);
    expect(await then(at.voided)).toEqual(['OPEN', '0.00', 0, 0]);
    expect(await then(at.disputed)).toEqual(['DISPUTED', '0.00', 0, 1]);
    expect(await then(at.gone)).toEqual(['VOIDED', '0.00', 0, 2]);
    expect(await ledger.balance(balance_id, at.gone)).toEqual(await ledger.balance(balance_id));
    const beforeCreation = `/ledger/balances/${balance_id}?as_of=${before}`;
    expectProblem(await app.as('FINANCE').get(beforeCreation), 404, 'BALANCE_NOT_FOUND');

    const list = async (query: string) =>
      (
        await app
          .as('FINANCE')
          .get<Page<BalanceResponse>>(`/ledger/balances?lease_id=${account.lease_id}&${query}`)
      ).body;
    expect(await list(`as_of=${before}`)).toMatchObject({ total: 0 });
    expect(await list(`as_of=${at.paid}&status=CLOSED`)).toMatchObject({ total: 1 });
    expect(await list(`as_of=${at.voided}&status=CLOSED`)).toMatchObject({ total: 0 });
    expect(await list(`as_of=${at.disputed}&sort_by=outstanding_balance`)).toMatchObject({
      items: [{ status: 'DISPUTED', outstanding_balance: '100.00' }],
    });
  });

  it.each(['2025-11-05', '2025-11-05T09:00:00', 'yesterday', '2025-02-30T00:00:00Z', ''])(
    'rejects as_of=%s',
    async (asOf) => {
      const { balance_id } = await ledger.owe(await aLedgerAccount(app));
      for (const path of [`/ledger/balances`, `/ledger/balances/${balance_id}`]) {
        expectFieldErrors(await app.as('MANAGER').get(`${path}?as_of=${asOf}`), 'as_of');
      }
    },
  );
});

describe('the weekly statement', () => {
  const statement = async ({ driver_id, lease_id }: BorrowerRef, week: string, asOf?: string) => {
    const then = asOf === undefined ? '' : `&as_of=${asOf}`;
    const answer = await app
      .as('MANAGER')
      .get<StatementResponse>(
        `/ledger/statements?driver_id=${driver_id}&lease_id=${lease_id}&period_start=${week}${then}`,
      );
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const row = (
    prior_balance: string,
    current_charge: string,
    payment_applied: string,
    balance_forward: string,
    adjustment = '0.00',
  ) => ({ prior_balance, current_charge, payment_applied, adjustment, balance_forward });
  const nothing = row('0.00', '0.00', '0.00', '0.00');

  it('shows by category what was owed, charged and paid, and carries it forward to the next week', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account, { payment_period_start: '2025-10-26' });
    await ledger.owe(account, { amount: '50.00' });
    await ledger.owe(account, { category: 'TAXES', amount: '8.50' });
    await ledger.owe(account, { category: 'MISC', amount: '5.00', due_date: '2025-11-09' });
    await ledger.pay(account, '120.00');
    const body = await statement(account, '2025-11-02');
    expect(body).toMatchObject({
      ...account,
      period_start: '2025-11-02',
      period_end: '2025-11-08',
      totals: row('100.00', '58.50', '120.00', '38.50'),
    });
    expect(body.categories.map(({ category }) => category)).toEqual([
      ...PAYMENT_ORDER.filter((category) => category !== 'MISC'),
      ...['DEPOSITS', 'MISC'],
    ]);
    const of = (category: string) => body.categories.find((each) => each.category === category);
    expect(of('TAXES')).toEqual({ category: 'TAXES', ...row('0.00', '8.50', '8.50', '0.00') });
    expect(of('LEASE')).toEqual({ category: 'LEASE', ...row('100.00', '50.00', '111.50', '38.50') });
    expect(of('MISC')).toEqual({ category: 'MISC', ...nothing });
    expect((await statement(account, '2025-11-09')).totals).toEqual(row('38.50', '5.00', '0.00', '43.50'));
  });

  it('counts an advance payment in the week in which the obligation is due', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account, { payment_period_start: '2025-11-09' });
    await ledger.pay(account, '60.00');
    expect((await statement(account, '2025-11-02')).totals).toEqual(nothing);
    expect((await statement(account, '2025-11-09')).totals).toEqual(row('0.00', '100.00', '60.00', '40.00'));
  });

  it('omits what was voided within the same week, and still shows it as of an earlier instant', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { posting } = await ledger.pay(account, '60.00');
    tomorrow();
    await ledger.void(posting.posting_id);
    expect((await statement(account, '2025-11-02')).totals).toEqual(row('0.00', '100.00', '0.00', '100.00'));
    await ledger.void(debt.posting_id);
    expect((await statement(account, '2025-11-02')).totals).toEqual(nothing);
    const then = await statement(account, '2025-11-02', NOW);
    expect(then.totals).toEqual(row('0.00', '100.00', '60.00', '40.00'));
  });

  it('keeps what is voided in a later week, and shows an adjustment in that week', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { posting } = await ledger.pay(account, '60.00');
    app.clock.set('2025-11-12T09:00:00-05:00');
    await ledger.void(posting.posting_id);
    expect((await statement(account, '2025-11-02')).totals).toEqual(row('0.00', '100.00', '60.00', '40.00'));
    const second = row('40.00', '0.00', '0.00', '100.00', '60.00');
    expect((await statement(account, '2025-11-09')).totals).toEqual(second);
    app.clock.set('2025-11-16T00:00:00-05:00');
    await ledger.void(debt.posting_id);
    expect((await statement(account, '2025-11-09')).totals).toEqual(second);
    expect((await statement(account, '2025-11-16')).totals).toEqual(
      row('100.00', '0.00', '0.00', '0.00', '-100.00'),
    );
    expect((await statement(account, '2025-11-23')).totals).toEqual(nothing);
  });

  it('omits an advance payment that was voided before its week', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account, { payment_period_start: '2025-11-16' });
    const { posting } = await ledger.pay(account, '60.00');
    app.clock.set('2025-11-12T09:00:00-05:00');
    await ledger.void(posting.posting_id);
    expect((await statement(account, '2025-11-09')).totals).toEqual(nothing);
    expect((await statement(account, '2025-11-16')).totals).toEqual(row('0.00', '100.00', '0.00', '100.00'));
  });

  it('counts a payment in the week that it was received for, whenever it was recorded', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account);
    app.clock.set('2025-11-12T09:00:00-05:00');
    await ledger.pay(account, '60.00', { payment_period_start: '2025-11-02', received_on: '2025-11-07' });
    expect((await statement(account, '2025-11-02')).totals).toEqual(row('0.00', '100.00', '60.00', '40.00'));
    expect((await statement(account, '2025-11-09')).totals).toEqual(row('40.00', '0.00', '0.00', '40.00'));
  });

  it('shows the credit of the driver at the end of the week', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '75.00');
    app.clock.set('2025-11-12T09:00:00-05:00');
    await ledger.owe(account, { payment_period_start: '2025-11-09', amount: '50.00' });
    await ledger.pay(account, '10.00', { payment_period_start: '2025-11-09' });
    const creditOf = async (week: string, asOf?: string) => (await statement(account, week, asOf)).credit;
    expect(await creditOf('2025-10-26')).toBe('0.00');
    expect(await creditOf('2025-11-02')).toBe('75.00');
    expect(await creditOf('2025-11-02', '2025-11-04T00:00:00-05:00')).toBe('0.00');
    expect(await creditOf('2025-11-09')).toBe('35.00');
    expect(await creditOf('2025-11-09')).toBe((await ledger.owed(account)).unallocated_credit);
    app.clock.set('2025-11-19T09:00:00-05:00');
    await ledger.void(posting.posting_id);
    expect(await creditOf('2025-11-02')).toBe('75.00');
    expect(await creditOf('2025-11-16')).toBe((await ledger.owed(account)).unallocated_credit);
  });

  it('does not count money as credit that is allocated to an obligation of a later week', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account, { payment_period_start: '2025-11-09' });
    await ledger.pay(account, '110.00');
    expect((await statement(account, '2025-11-02')).credit).toBe('10.00');
  });

  it('is rejected for a period that does not begin on Sunday, a lease of another driver, and missing fields', async () => {
    const { driver_id, lease_id } = await aLedgerAccount(app);
    const ask = (query: string) => app.as('MANAGER').get(`/ledger/statements?${query}`);
    const problem = expectProblem(
      await ask(`driver_id=${driver_id}&lease_id=${lease_id}&period_start=2025-11-03`),
      400,
      'PERIOD_NOT_A_PAYMENT_WEEK',
    );
    expect(problem.errors).toMatchObject([{ field: 'period_start' }]);
    const other = await aLedgerAccount(app);
    expectProblem(
      await ask(`driver_id=${driver_id}&lease_id=${other.lease_id}&period_start=2025-11-02`),
      400,
      'LEASE_DRIVER_MISMATCH',
    );
    expectFieldErrors(await ask(''), 'driver_id', 'lease_id', 'period_start');
    expectFieldErrors(
      await ask(`driver_id=${driver_id}&lease_id=${lease_id}&period_start=2025-11-02&as_of=now`),
      'as_of',
    );
  });
});
