import type {
  LoanHistoryItem,
  LoanHistoryResponse,
} from '../../src/modules/loans/overview/loan-history.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aLoan } from '../support/factories.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import { voidCredit } from '../support/void-credit.js';
import {
  WEDNESDAY,
  app,
  finance,
  exampleLoan,
  get,
  quote,
  payOff,
  hold,
  paying,
  postedLoan,
  useLoanPayoffs,
} from './support/loan-payoff-fixture.js';

useLoanPayoffs();

const stepsOf = async (loanId: string): Promise<LoanHistoryItem[]> => {
  const { body } = await finance.get<LoanHistoryResponse>(`/loans/${loanId}/history`);
  return body.items.filter(({ kind }) => kind === 'STATUS');
};

describe('a payoff', () => {
  it('without a reason does not claim that the loan was resumed', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id);
    const { body } = await finance.get<LoanHistoryResponse>(`/loans/${loan_id}/history`);
    expect(body.items.filter(({ change }) => change === 'PAID_OFF')).toMatchObject([{ reason: 'Payoff' }]);
  });

  it('replaces the unposted installments by one posted installment', async () => {
    const { loan_id } = await postedLoan();
    const { status, body } = await payOff(loan_id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ dry_run: false, payment_posting_id: null, quote: { total: '1508.43' } });
    expect(body.loan).toEqual(await get(loan_id));
    expect(body.loan).toMatchObject({
      status: 'ACTIVE',
      end_week: '2025-11-22',
      next_due_date: '2025-11-08',
      total_interest: '8.43',
      total_installments: 2,
      outstanding_balance: '1500.00',
    });
    expect(body.loan.installments.map(({ status: of }) => of)).toEqual([
      'POSTED',
      ...Array<string>(5).fill('SKIPPED'),
      'POSTED',
    ]);
    expect(body.loan.installments.at(-1)).toMatchObject({
      installment_id: `${loan_id}-INST-07`,
      due_date: '2025-11-22',
      principal_amount: '1250.00',
      interest_amount: '4.32',
      interest_carried: '4.32',
      total_due: '1254.32',
      interest_basis: { principal: '750.00', annual_rate: '10.00', days: 0 },
      posted_to_ledger: true,
    });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('closes the loan when it is paid in full', async () => {
    const { loan_id } = await postedLoan();
    const { body } = await payOff(loan_id, paying('1508.43', 'WHOLE'));
    expect(body.payment_posting_id).toMatch(/^LP-2025-\d{6}$/);
    expect(body.loan).toMatchObject({
      status: 'CLOSED',
      closure_reason: 'Paid in full',
      outstanding_balance: '0.00',
      total_principal_paid: '1500.00',
      total_interest_paid: '8.43',
      next_due_date: null,
    });
    await expectLoanInvariants(app.db, loan_id);
    const postings = await finance.get(`/ledger/postings/${body.payment_posting_id}`);
    expect(postings.body).toMatchObject({
      posting_type: 'CREDIT',
      amount: '1508.43',
      source_type: 'CASHIER',
      source_id: 'WHOLE',
      payment_period_start: '2025-11-16',
    });
  });

  it('pays the oldest balances of the loan first, and no other obligation of the driver', async () => {
    const loan = await postedLoan();
    await finance.post('/ledger/obligations', {
      driver_id: loan.driver_id,
      lease_id: loan.lease_id,
      category: 'TAXES',
      amount: '40.00',
      reference_type: 'TAX',
      reference_id: loan.loan_id,
      payment_period_start: '2025-11-02',
    });
    const { body } = await payOff(loan.loan_id, paying('300.00', 'PART'));
    const [first, last] = [body.loan.installments[0], body.loan.installments.at(-1)];
    expect(first).toMatchObject({ status: 'PAID', outstanding_balance: '0.00' });
    expect(last).toMatchObject({ status: 'POSTED', interest_paid: '4.32', principal_paid: '41.57' });
    const open = await finance.get(`/ledger/balances/driver/${loan.driver_id}/lease/${loan.lease_id}`);
    expect(open.body).toMatchObject({
      categories: [
        { category: 'TAXES', outstanding_balance: '40.00' },
        { category: 'LOANS', outstanding_balance: '1208.43' },
      ],
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('resumes a loan on hold, and records this in its history', async () => {
    const loan = await postedLoan();
    await hold(loan.loan_id);
    const { body } = await payOff(loan.loan_id);
    expect(body.loan.status).toBe('ACTIVE');
    const { body: history } = await finance.get<LoanHistoryResponse>(`/loans/${loan.loan_id}/history`);
    expect(history.items.filter(({ kind }) => kind === 'STATUS').at(-1)).toMatchObject({
      from: 'ON_HOLD',
      to: 'ACTIVE',
      reason: 'Resumed for its payoff',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('stores its reason in the loan, its history and its payment when it closes the loan', async () => {
    const { loan_id } = await postedLoan();
    const { body } = await payOff(loan_id, { ...paying('1508.43', 'WHY'), reason: ' Sold his medallion ' });
    expect(body.loan).toMatchObject({ status: 'CLOSED', closure_reason: 'Sold his medallion' });
    expect((await stepsOf(loan_id)).at(-1)).toMatchObject({ to: 'CLOSED', reason: 'Sold his medallion' });
    const payment = await finance.get(`/ledger/postings/${body.payment_posting_id}`);
    expect(payment.body).toMatchObject({ description: `Payoff of loan ${loan_id}: Sold his medallion` });
    await voidCredit(app, body.payment_posting_id ?? '');
    expect(await get(loan_id)).toMatchObject({ status: 'ACTIVE', closure_reason: null });
    expect((await stepsOf(loan_id)).at(-1)).toMatchObject({ reason: 'A payment was reversed' });
    await expectLoanInvariants(app.db, loan_id);
  });

  it.each([
    ['without a payment', {}],
    ['with a partial payment', paying('10.00', 'SOME')],
  ])('stores its reason only in the history when it comes %s', async (_, payment) => {
    const { loan_id } = await postedLoan();
    const { body } = await payOff(loan_id, { ...payment, reason: 'Leaves the city' });
    expect(body.loan).toMatchObject({ status: 'ACTIVE', closure_reason: null });
    const { body: history } = await finance.get<LoanHistoryResponse>(`/loans/${loan_id}/history`);
    expect(history.items.at(-1)).toMatchObject({ action: 'loan.payoff', reason: 'Leaves the city' });
  });

  it('stores its reason with the resume of a loan on hold', async () => {
    const { loan_id } = await postedLoan();
    await hold(loan_id);
    await payOff(loan_id, { reason: 'Back, and pays at once' });
    expect((await stepsOf(loan_id)).at(-1)).toMatchObject({
      from: 'ON_HOLD',
      reason: 'Back, and pays at once',
    });
  });

  it('before the first week moves that week forward', async () => {
    const { loan_id } = await aLoan(app, { start_week: '2025-12-07' });
    expect((await payOff(loan_id)).body.loan).toMatchObject({
      start_week: '2025-10-26',
      end_week: '2025-11-01',
      next_due_date: '2025-11-01',
    });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('charges no interest twice if the current week is already posted', async () => {
    const { loan_id } = await exampleLoan();
    app.clock.set(WEDNESDAY);
    await finance.post('/loans/installments/post', { loan_id });
    const { body } = await payOff(loan_id);
    expect(body.quote).toMatchObject({ interest: '0.00', interest_basis: { days: 0 }, total: '1504.11' });
  });

  it('returns the same in a dry run, and writes nothing', async () => {
    const { loan_id } = await postedLoan();
    const before = await dumpLedgerTables(app.db);
    const dry = await payOff(loan_id, { ...paying('1508.43', 'DRY'), dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { dry_run: true, loan: { status: 'CLOSED' } } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    const real = await payOff(loan_id, paying('1508.43', 'DRY'));
    expect(real.body.quote).toEqual(dry.body.quote);
    expect(real.body.loan.total_interest_paid).toBe(dry.body.loan.total_interest_paid);
  });
});

describe('the payoff of a loan with a disputed balance', () => {
  it('quotes the disputed amount separately, and accepts exactly the quoted total', async () => {
    const { loan_id } = await exampleLoan();
    app.clock.set(WEDNESDAY);
    await finance.post('/loans/installments/post', { loan_id });
    const balanceId = (await get(loan_id)).installments[0]?.ledger_balance_id;
    await finance.post(`/ledger/balances/${balanceId}/dispute`, { reason: 'Says it was paid' });
    const { body } = await quote(loan_id);
    expect(body).toMatchObject({ disputed: '254.11', unpaid_principal: '0.00', total: '1250.00' });
    const paid = await payOff(loan_id, paying(body.total, 'ALL-BUT-DISPUTED'));
    expect(paid.body.loan).toMatchObject({ status: 'ACTIVE', outstanding_balance: '250.00' });
    await expectLoanInvariants(app.db, loan_id);
  });
});

describe('the payoff of a loan whose driver has a credit', () => {
  /** The example for a driver who has paid this amount in advance. */
  const withCredit = async (amount: string): Promise<LoanDetailResponse> => {
    const { loan_id, driver_id, lease_id } = await exampleLoan();
    const payment = await finance.post('/ledger/payments', {
      driver_id,
      lease_id,
      amount,
      payment_period_start: '2025-10-26',
      source_type: 'CASHIER',
      source_id: `AHEAD-${loan_id}`,
    });
    expect(payment.body).toMatchObject({ remaining_unallocated: amount });
    return get(loan_id);
  };

  it('uses the credit first and asks for the rest', async () => {
    const { loan_id } = await withCredit('1000.00');
    expect((await quote(loan_id)).body).toMatchObject({ credit_used: '1000.00', total: '500.00' });
    const { body } = await payOff(loan_id, paying('500.00', 'AFTER-CREDIT'));
    expect(body.loan).toMatchObject({ status: 'CLOSED', total_principal_paid: '1500.00' });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('is settled by a sufficient credit without a payment, and leaves the rest of the credit', async () => {
    const { loan_id, driver_id } = await withCredit('1600.00');
    expect((await quote(loan_id)).body).toMatchObject({ credit_used: '1500.00', total: '0.00' });
    expect((await payOff(loan_id)).body.loan.status).toBe('CLOSED');
    const credits = await finance.get(`/ledger/credits?driver_id=${driver_id}`);
    expect(credits.body).toMatchObject({ items: [{ left_over: '100.00' }] });
    expectProblem(
      await finance.post(`/loans/${loan_id}/payoff/undo`, { reason: 'Mistake' }),
      409,
      'BALANCE_HAS_PAYMENTS',
    );
  });
});

describe('a status change', () => {
  it('keeps the reason of a status change in its audit entry', async () => {
    const { loan_id } = await postedLoan();
    await hold(loan_id);
    const [entry] = await app.db.query<{ after: object }[]>(
      `SELECT after FROM audit_log WHERE action = 'loan.status' AND record_id = $1`,
      [loan_id],
    );
    expect(entry?.after).toMatchObject({ status: 'ON_HOLD', reason: expect.any(String) as string });
  });
});
