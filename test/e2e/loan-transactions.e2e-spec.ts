import type { LoanTransactionsResponse } from '../../src/modules/loans/repayment/loan-transactions.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectTransactionsMatchBalances } from '../support/ledger-invariants.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const NOW = '2025-11-05T09:00:00-05:00';

let app: TestApp;
let finance: ApiClient;
let ledger: LedgerClient;
let clerk: number;

beforeAll(async () => {
  app = await startTestApp({ now: NOW });
  finance = app.as('FINANCE');
  ledger = new LedgerClient(app);
  clerk = (await finance.get<{ id: number }>('/auth/me')).body.id;
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(NOW));

const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

/** The transactions of the loan, after a check against its other figures. */
async function transactionsOf(loanId: string, query = ''): Promise<LoanTransactionsResponse> {
  await expectTransactionsMatchBalances(app, loanId);
  return (await finance.get<LoanTransactionsResponse>(`/loans/${loanId}/transactions${query}`)).body;
}

const summaryOf = ({ items }: LoanTransactionsResponse) =>
  items.map(({ kind, installment_number, amount, balance }) => [kind, installment_number, amount, balance]);

/** A loan of 500.00 in five installments of 100.00. Posts the given number of them, one per week. */
async function aLoanWithPosted(count: number): Promise<LoanDetailResponse> {
  const { loan_id } = await aLoan(app);
  for (let week = 0; week < count; week += 1) {
    if (week > 0) app.clock.advanceDays(7);
    await finance.post('/loans/installments/post', { loan_id });
  }
  return get(loan_id);
}

describe('GET /loans/:loan_id/transactions', () => {
  it('returns an empty list before anything is posted', async () => {
    const { loan_id } = await aLoan(app);
    expect(await transactionsOf(loan_id)).toEqual({
      items: [],
      total: 0,
      total_is_lower_bound: false,
      page: 1,
      page_size: 50,
      total_pages: 0,
      total_charged: '0.00',
      total_settled: '0.00',
      total_recovered: '0.00',
      balance: '0.00',
      balances: [],
    });
  });

  it('lists charges and payments with posting, source and user', async () => {
    const loan = await aLoanWithPosted(1);
    const [balance] = (await transactionsOf(loan.loan_id)).balances;
    app.clock.advanceDays(1);
    const byHierarchy = await ledger.pay(loan, '30.00', { source_id: 'SLIP-1' });
    app.clock.advanceDays(1);
    const targeted = await ledger.target(loan, '20.00', [[balance!.balance_id, '20.00']], {
      source_type: 'CASH',
      source_id: 'R-1',
    });
    const { items, ...rest } = await transactionsOf(loan.loan_id);
    const installment = {
      installment_id: `${loan.loan_id}-INST-01`,
      installment_number: 1,
      balance_id: balance?.balance_id,
      by: clerk,
      reason: null,
      voided_by_posting_id: null,
      reverses_posting_id: null,
      recovered: '0.00',
    };
    expect(items).toEqual([
      {
        ...installment,
        at: '2025-11-05T14:00:00.000Z',
        kind: 'CHARGE',
        posting_id: balance?.posting_id,
        source_type: 'LOAN_INSTALLMENT',
        source_id: `${loan.loan_id}-INST-01`,
        allocation_type: null,
        description: `Loan ${loan.loan_id}, installment 1`,
        amount: '100.00',
        balance: '100.00',
      },
      {
        ...installment,
        at: '2025-11-06T14:00:00.000Z',
        kind: 'PAYMENT',
        posting_id: byHierarchy.posting.posting_id,
        source_type: 'WEEKLY_EARNINGS',
        source_id: 'SLIP-1',
        allocation_type: 'HIERARCHY',
        description: 'Payment by hierarchy',
        amount: '-30.00',
        balance: '70.00',
      },
      {
        ...installment,
        at: '2025-11-07T14:00:00.000Z',
        kind: 'PAYMENT',
        posting_id: targeted.posting.posting_id,
        source_type: 'CASH',
        source_id: 'R-1',
        allocation_type: 'TARGETED',
        description: 'Targeted payment',
        amount: '-20.00',
        balance: '50.00',
      },
    ]);
    expect(rest).toMatchObject({ total_charged: '100.00', total_settled: '50.00', balance: '50.00' });
  });

  it('lists the void of a payment at its own time with its reason, and marks the voided payment', async () => {
    const loan = await aLoanWithPosted(2);
    const { posting } = await ledger.pay(loan, '130.00');
    app.clock.advanceDays(1);
    const { reversal } = await ledger.void(posting.posting_id, 'Wrong driver');
    const answer = await transactionsOf(loan.loan_id);
    expect(summaryOf(answer)).toEqual([
      ['CHARGE', 1, '100.00', '100.00'],
      ['CHARGE', 2, '100.00', '200.00'],
      ['PAYMENT', 1, '-100.00', '100.00'],
      ['PAYMENT', 2, '-30.00', '70.00'],
      ['PAYMENT_VOID', 1, '100.00', '170.00'],
      ['PAYMENT_VOID', 2, '30.00', '200.00'],
    ]);
    expect(answer.items[2]).toMatchObject({ voided_by_posting_id: reversal.posting_id });
    expect(answer.items[4]).toMatchObject({
      at: app.clock.now().toISOString(),
      posting_id: reversal.posting_id,
      reverses_posting_id: posting.posting_id,
      source_type: posting.source_type,
      source_id: posting.source_id,
      reason: 'Wrong driver',
      by: clerk,
    });
    expect(answer).toMatchObject({ total_charged: '200.00', total_settled: '0.00', balance: '200.00' });
  });

  it('lists the void of a charge, and the charge that replaces it', async () => {
    const loan = await aLoanWithPosted(1);
    const [balance] = (await transactionsOf(loan.loan_id)).balances;
    await ledger.void(balance!.posting_id, 'Wrong week');
    expect(await transactionsOf(loan.loan_id)).toMatchObject({ balance: '0.00', balances: [] });
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id });
    const answer = await transactionsOf(loan.loan_id);
    expect(summaryOf(answer)).toEqual([
      ['CHARGE', 1, '100.00', '100.00'],
      ['CHARGE_VOID', 1, '-100.00', '0.00'],
      ['CHARGE', 1, '100.00', '100.00'],
    ]);
    expect(answer.balances).toHaveLength(1);
  });

  it('lists the credit of an earlier payment as a payment at the time of its use', async () => {
    const { loan_id, driver_id, lease_id } = await aLoan(app);
    const early = await ledger.pay({ driver_id, lease_id }, '60.00');
    app.clock.advanceDays(1);
    await finance.post('/loans/installments/post', { loan_id });
    const usedAt = app.clock.now().toISOString();
    app.clock.advanceDays(1);
    await ledger.pay({ driver_id, lease_id }, '5.00');
    const answer = await transactionsOf(loan_id);
    expect(summaryOf(answer)).toEqual([
      ['CHARGE', 1, '100.00', '100.00'],
      ['PAYMENT', 1, '-60.00', '40.00'],
      ['PAYMENT', 1, '-5.00', '35.00'],
    ]);
    expect(answer.items[1]).toMatchObject({ at: usedAt, posting_id: early.posting.posting_id });
  });

  it('lists a void before the payment that another credit makes at the same moment', async () => {
    const loan = await aLoanWithPosted(1);
    const mistaken = await ledger.pay(loan, '100.00');
    await ledger.pay(loan, '30.00');
    app.clock.advanceDays(1);
    await ledger.void(mistaken.posting.posting_id);
    expect(summaryOf(await transactionsOf(loan.loan_id))).toEqual([
      ['CHARGE', 1, '100.00', '100.00'],
      ['PAYMENT', 1, '-100.00', '0.00'],
      ['PAYMENT_VOID', 1, '100.00', '100.00'],
      ['PAYMENT', 1, '-30.00', '70.00'],
    ]);
  });

  it('covers payoff, dispute, write-off and the void of the write-off', async () => {
    const loan = await aLoanWithPosted(1);
    await ledger.pay(loan, '40.00');
    await finance.post(`/loans/${loan.loan_id}/payoff`, {
      payment: { amount: '10.00', source_type: 'CASHIER', source_id: `P-${loan.loan_id}` },
    });
    const [first] = (await transactionsOf(loan.loan_id)).balances;
    await ledger.dispute('dispute', first!.balance_id);
    expect((await transactionsOf(loan.loan_id)).balances[0]).toMatchObject({ status: 'DISPUTED' });
    await ledger.dispute('resolve', first!.balance_id);
    const writeOff = await app
      .as('ADMIN')
      .post<{ posting_id: string }>(`/loans/${loan.loan_id}/write-off`, { reason: 'Gone' });
    await transactionsOf(loan.loan_id);
    await new LedgerClient(app, 'ADMIN').void(writeOff.body.posting_id, 'Found again');
    const answer = await transactionsOf(loan.loan_id);
    expect(summaryOf(answer)).toEqual([
      ['CHARGE', 1, '100.00', '100.00'],
      ['PAYMENT', 1, '-40.00', '60.00'],
      ['CHARGE', 6, '400.00', '460.00'],
      ['PAYMENT', 1, '-10.00', '450.00'],
      ['WRITE_OFF', 1, '-50.00', '400.00'],
      ['WRITE_OFF', 6, '-400.00', '0.00'],
      ['WRITE_OFF_VOID', 1, '50.00', '50.00'],
      ['WRITE_OFF_VOID', 6, '400.00', '450.00'],
    ]);
    expect(answer.items[4]).toMatchObject({ description: `Write-off of loan ${loan.loan_id}: Gone` });
    expect(answer.items[6]).toMatchObject({ source_type: 'WRITE_OFF', reason: 'Found again' });
  });

  it('contains only transactions of this loan', async () => {
    const loan = await aLoanWithPosted(1);
    const other = await aLoan(app, { driver_id: loan.driver_id, lease_id: loan.lease_id });
    await finance.post('/loans/installments/post', { loan_id: other.loan_id });
    await ledger.pay(loan, '150.00');
    expect(await transactionsOf(loan.loan_id)).toMatchObject({ total: 2, balance: '0.00' });
    expect(await transactionsOf(other.loan_id)).toMatchObject({ total: 2, balance: '50.00' });
  });

  it('is split into pages, each line with its resulting balance', async () => {
    const loan = await aLoanWithPosted(3);
    const second = await transactionsOf(loan.loan_id, '?page=2&page_size=2');
    expect(second).toMatchObject({
      total: 3,
      page: 2,
      page_size: 2,
      total_pages: 2,
      total_charged: '300.00',
    });
    expect(summaryOf(second)).toEqual([['CHARGE', 3, '100.00', '300.00']]);
    const latest = await transactionsOf(loan.loan_id, '?page_size=1&sort_order=desc');
    expect(summaryOf(latest)).toEqual(summaryOf(second));
    expect(latest.balances).toHaveLength(3);
  });

  it('rejects an unknown loan, an unknown query parameter and an unauthenticated caller', async () => {
    const { loan_id } = await aLoan(app);
    expectProblem(await finance.get('/loans/DL-2025-9999/transactions'), 404, 'LOAN_NOT_FOUND');
    expectFieldErrors(await finance.get(`/loans/${loan_id}/transactions?page_size=501`), 'page_size');
    expectFieldErrors(await finance.get(`/loans/${loan_id}/transactions?kind=CHARGE`), 'kind');
    expectProblem(await app.anonymous.get(`/loans/${loan_id}/transactions`), 401, 'UNAUTHENTICATED');
    expect((await app.as('MANAGER').get(`/loans/${loan_id}/transactions`)).status).toBe(200);
  });
});
