import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type {
  PayoffResponse,
  UndonePayoffResponse,
} from '../../src/modules/loans/servicing/payoff/payoff.response.js';
import type { ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const LOAN_DATE = '2025-10-29T09:00:00-04:00';
const FIRST_WEEK = '2025-11-05T09:00:00-05:00';

let app: TestApp;
let finance: ApiClient;
let receipts = 0;

beforeAll(async () => {
  app = await startTestApp({ now: LOAN_DATE });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(LOAN_DATE));

const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;
const payOff = async (loanId: string, amount?: string) => {
  receipts += 1;
  const payment = { amount, source_type: 'CASHIER', source_id: `UNDO-${receipts}` };
  const answer = await finance.post<PayoffResponse>(`/loans/${loanId}/payoff`, amount ? { payment } : {});
  expect(answer.status).toBe(200);
  return answer.body;
};
const undo = (loanId: string, body: object = { reason: 'Paid off the wrong loan' }) =>
  finance.post<UndonePayoffResponse>(`/loans/${loanId}/payoff/undo`, body);
const setStatus = (loanId: string, body: object) => finance.put(`/loans/${loanId}/status`, body);

/** 1,500.00 at 10% from 2025-11-02, with the first installment posted. */
const postedLoan = async (): Promise<LoanDetailResponse> => {
  app.clock.set(LOAN_DATE);
  const { loan_id } = await aLoan(app, {
    loan_amount: '1500.00',
    interest_rate: '10.00',
    start_week: '2025-11-02',
  });
  app.clock.set(FIRST_WEEK);
  await finance.post('/loans/installments/post', { loan_id });
  return get(loan_id);
};

/** The schedule without the payoff installment, which remains as a skipped one. */
const scheduleOf = ({ installments }: LoanDetailResponse, count = 6) =>
  installments
    .slice(0, count)
    .map(({ status, due_date, total_due, outstanding_balance, interest_basis }) => ({
      status,
      due_date,
      total_due,
      outstanding_balance,
      interest_basis,
    }));

describe('the undo of a payoff', () => {
  it('voids the payment and the payoff installment, and restores the previous schedule', async () => {
    const before = await postedLoan();
    const { loan_id } = before;
    const { payment_posting_id, loan } = await payOff(loan_id, '1504.11');
    expect(loan.status).toBe('CLOSED');
    const { status, body } = await undo(loan_id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ dry_run: false, loan: { status: 'ACTIVE', closed_on: null } });
    expect(body.voided_posting_ids).toEqual([payment_posting_id, expect.stringMatching(/^LP-/)]);
    expect(scheduleOf(body.loan)).toEqual(scheduleOf(before));
    expect(body.loan).toMatchObject({
      start_week: before.start_week,
      end_week: before.end_week,
      outstanding_balance: '1500.00',
      total_interest: before.total_interest,
      interest_accrued_through: before.interest_accrued_through,
      total_installments: 6,
    });
    expect(body.loan.installments.at(-1)).toMatchObject({ status: 'SKIPPED', outstanding_balance: '0.00' });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('puts a loan back on hold that was on hold before', async () => {
    const { loan_id } = await postedLoan();
    await setStatus(loan_id, { status: 'ON_HOLD', reason: 'Leave' });
    await payOff(loan_id);
    const { body } = await undo(loan_id);
    expect(body.loan.status).toBe('ON_HOLD');
    await expectLoanInvariants(app.db, loan_id);
  });

  it('allows later postings, another payoff and another undo', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id, '1504.11');
    await undo(loan_id);
    app.clock.set('2025-11-09T06:00:00-05:00');
    const run = await finance.post('/loans/installments/post', { loan_id });
    expect(run.body).toMatchObject({ installments_posted: 1, total_amount_posted: '252.40' });
    const { quote } = await payOff(loan_id, '1506.51');
    expect(quote.total).toBe('1506.51');
    expect((await undo(loan_id)).body.loan).toMatchObject({
      status: 'ACTIVE',
      outstanding_balance: '1500.00',
    });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('works after the payment was voided separately', async () => {
    const { loan_id } = await postedLoan();
    const { payment_posting_id } = await payOff(loan_id, '1504.11');
    await finance.post(`/ledger/postings/${payment_posting_id}/void`, { reason: 'Bounced' });
    const { body } = await undo(loan_id);
    expect(body.voided_posting_ids).toHaveLength(1);
    expect(body.loan).toMatchObject({ status: 'ACTIVE', total_installments: 6 });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('returns the same in a dry run, and writes nothing', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id, '1504.11');
    const before = await dumpLedgerTables(app.db);
    const dry = await undo(loan_id, { reason: 'Mistake', dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { dry_run: true, loan: { status: 'ACTIVE' } } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('is rejected while other payments are applied to the payoff, and changes nothing', async () => {
    const { loan_id, driver_id, lease_id } = await postedLoan();
    await payOff(loan_id);
    await finance.post('/ledger/payments', {
      driver_id,
      lease_id,
      amount: '300.00',
      payment_period_start: '2025-11-02',
      source_type: 'CASHIER',
      source_id: `OTHER-${loan_id}`,
    });
    const before = await dumpLedgerTables(app.db);
    expectProblem(await undo(loan_id), 409, 'BALANCE_HAS_PAYMENTS');
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('is rejected if the current schedule is not the result of a payoff', async () => {
    const { loan_id } = await postedLoan();
    expectProblem(await undo(loan_id), 409, 'PAYOFF_NOT_UNDOABLE');
    await payOff(loan_id);
    await undo(loan_id);
    expectProblem(await undo(loan_id), 409, 'PAYOFF_NOT_UNDOABLE');
    expectProblem(await undo('DL-2025-9999'), 404, 'LOAN_NOT_FOUND');
  });

  it('requires a reason and the permission to void', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id);
    expectFieldErrors(await undo(loan_id, {}), 'reason');
    const manager = await app.as('MANAGER').post(`/loans/${loan_id}/payoff/undo`, { reason: 'Mistake' });
    expectProblem(manager, 403, 'PERMISSION_MISSING');
  });

  it('requires the permission to write off after the week of the payoff installment', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id);
    app.clock.set('2025-11-12T09:00:00-05:00');
    expectProblem(await undo(loan_id), 403, 'PERMISSION_MISSING');
    const admin = await app.as('ADMIN').post(`/loans/${loan_id}/payoff/undo`, { reason: 'Mistake' });
    expect(admin.status).toBe(200);
  });
});
