import type {
  LoanHistoryItem,
  LoanHistoryResponse,
} from '../../src/modules/loans/http/loan-history.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import type { PayoffQuoteResponse, PayoffResponse } from '../../src/modules/loans/http/payoff.response.js';
import type { ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectSoundLoan } from '../support/loan-books.js';
import { expectFieldsRefused, expectRefusal } from '../support/refusal.js';
import { dumpBooks } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { voidCredit } from '../support/void-credit.js';

const LENT = '2025-10-29T09:00:00-04:00';
const WEDNESDAY = '2025-11-05T09:00:00-05:00';
/** A Wednesday eleven days after the first due date, in the payment week of 2025-11-16. */
const LATER = '2025-11-19T09:00:00-05:00';

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp({ now: LENT });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(LENT));

/** The example of domain.md: six installments from 2025-11-02, the first due 2025-11-08. */
const exampleLoan = () =>
  aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' });

const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;
const stepsOf = async (loanId: string): Promise<LoanHistoryItem[]> => {
  const { body } = await finance.get<LoanHistoryResponse>(`/loans/${loanId}/history`);
  return body.items.filter(({ kind }) => kind === 'STATUS');
};
const quote = (loanId: string, query = '') =>
  finance.get<PayoffQuoteResponse>(`/loans/${loanId}/payoff${query}`);
const payOff = (loanId: string, body: object = {}) =>
  finance.post<PayoffResponse>(`/loans/${loanId}/payoff`, body);
const hold = (loanId: string) =>
  finance.put(`/loans/${loanId}/status`, { status: 'ON_HOLD', reason: 'Leave' });
const paying = (amount: string, source_id: string) => ({
  payment: { amount, source_type: 'CASHIER', source_id },
});

/** The example with its first installment posted. At LATER, two more weeks have begun and are not posted. */
const postedLoan = async (): Promise<LoanDetailResponse> => {
  const { loan_id } = await exampleLoan();
  app.clock.set(WEDNESDAY);
  const run = await finance.post('/loans/installments/post', { loan_id });
  expect(run.body).toMatchObject({ installments_posted: 1 });
  app.clock.set(LATER);
  return get(loan_id);
};

describe('a payoff quote', () => {
  it('separates posted and unposted amounts, and includes the full interest of weeks that have begun', async () => {
    const { loan_id } = await postedLoan();
    expect(await quote(loan_id)).toMatchObject({
      status: 200,
      body: {
        as_of: '2025-11-19',
        unpaid_principal: '250.00',
        unpaid_interest: '4.11',
        disputed: '0.00',
        unposted_principal: '1250.00',
        // 2.40 and 1.92 of the two weeks; interest is then settled through the end of the second
        interest: '4.32',
        interest_carried: '4.32',
        interest_basis: {
          principal: '750.00',
          annual_rate: '10.00',
          from: '2025-11-22',
          to: '2025-11-22',
          days: 0,
        },
        accrues_from: '2025-11-22',
        credit_used: '0.00',
        total: '1508.43',
      },
    });
  });

  it.each([
    ['2025-10-29', '1500.00'],
    ['2025-11-01', '1501.23'],
    ['2025-11-02', '1504.11'],
    ['2025-11-26', '1509.87'],
    ['2025-12-07', '1511.31'],
    ['2026-06-01', '1511.31'],
  ])('answers for %s the total due on that day: %s', async (asOf, total) => {
    const { loan_id } = await exampleLoan();
    expect((await quote(loan_id, `?as_of=${asOf}`)).body).toMatchObject({ as_of: asOf, total });
    app.clock.set(`${asOf}T09:00:00-05:00`);
    for (const week of ['2025-11-02', '2025-11-09', '2025-11-16', '2025-11-23', '2025-11-30', '2025-12-07']) {
      if (week > asOf) break;
      const run = { loan_id, payment_period_start: week };
      expect((await finance.post('/loans/installments/post', run)).status).toBe(200);
    }
    const today = await quote(loan_id);
    expect(today.body.total).toBe(total);
    expect((await payOff(loan_id, paying(total, `AS-OF-${asOf}`))).body.loan.status).toBe('CLOSED');
  });

  it('accrues interest from the loan date if nothing is posted, even for a loan on hold', async () => {
    const { loan_id } = await exampleLoan();
    await hold(loan_id);
    app.clock.set(LATER);
    expect((await quote(loan_id)).body).toMatchObject({
      unpaid_principal: '0.00',
      accrues_from: '2025-10-29',
      interest: '8.63',
      interest_basis: { principal: '1500.00', days: 21 },
      total: '1508.63',
    });
  });

  it('is rejected for a past or invalid date', async () => {
    const { loan_id } = await exampleLoan();
    const problem = expectRefusal(await quote(loan_id, '?as_of=2025-10-28'), 400, 'PAYOFF_DATE_INVALID');
    expect(problem.errors).toEqual([{ field: 'as_of', message: problem.detail }]);
    expectFieldsRefused(await quote(loan_id, '?as_of=2025-02-30'), 'as_of');
  });

  it('is rejected for a loan that is not open and for an unknown loan', async () => {
    const { loan_id } = await exampleLoan();
    await finance.put(`/loans/${loan_id}/status`, { status: 'CANCELLED', reason: 'Mistake' });
    expectRefusal(await quote(loan_id), 409, 'LOAN_NOT_RUNNING');
    expectRefusal(await quote('DL-2025-9999'), 404, 'LOAN_NOT_FOUND');
  });
});

describe('a payoff', () => {
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
    await expectSoundLoan(app.db, loan_id);
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
    await expectSoundLoan(app.db, loan_id);
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
    await expectSoundLoan(app.db, loan.loan_id);
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
    await expectSoundLoan(app.db, loan.loan_id);
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
    expect((await stepsOf(loan_id)).at(-1)).toMatchObject({ reason: 'A payment was taken back' });
    await expectSoundLoan(app.db, loan_id);
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
    await expectSoundLoan(app.db, loan_id);
  });

  it('charges no interest twice if the current week is already posted', async () => {
    const { loan_id } = await exampleLoan();
    app.clock.set(WEDNESDAY);
    await finance.post('/loans/installments/post', { loan_id });
    const { body } = await payOff(loan_id);
    expect(body.quote).toMatchObject({ interest: '0.00', interest_basis: { days: 0 }, total: '1504.11' });
  });

  it('answers the same in a dry run, and writes nothing', async () => {
    const { loan_id } = await postedLoan();
    const before = await dumpBooks(app.db);
    const dry = await payOff(loan_id, { ...paying('1508.43', 'DRY'), dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { dry_run: true, loan: { status: 'CLOSED' } } });
    expect(await dumpBooks(app.db)).toEqual(before);
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
    await expectSoundLoan(app.db, loan_id);
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
    await expectSoundLoan(app.db, loan_id);
  });

  it('is settled by a sufficient credit alone, and leaves the rest of it', async () => {
    const { loan_id, driver_id } = await withCredit('1600.00');
    expect((await quote(loan_id)).body).toMatchObject({ credit_used: '1500.00', total: '0.00' });
    expect((await payOff(loan_id)).body.loan.status).toBe('CLOSED');
    const credits = await finance.get(`/ledger/credits?driver_id=${driver_id}`);
    expect(credits.body).toMatchObject({ items: [{ left_over: '100.00' }] });
    expectRefusal(
      await finance.post(`/loans/${loan_id}/payoff/undo`, { reason: 'Mistake' }),
      409,
      'BALANCE_HAS_PAYMENTS',
    );
  });
});

describe('an invalid payoff', () => {
  const refused = async (
    loanId: string,
    body: object,
    status: number,
    code: string,
  ): Promise<{ detail: string }> => {
    const before = await dumpBooks(app.db);
    const problem = expectRefusal(await payOff(loanId, body), status, code);
    expect(await dumpBooks(app.db)).toEqual(before);
    return problem;
  };

  it('is rejected when the loan is already fully posted and there is no payment', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id);
    await refused(loan_id, {}, 409, 'LOAN_FULLY_POSTED');
    await refused(loan_id, { dry_run: true }, 409, 'LOAN_FULLY_POSTED');
  });

  it('is rejected with a payment above the total', async () => {
    const { loan_id } = await postedLoan();
    const { detail } = await refused(loan_id, paying('1508.44', 'MORE'), 400, 'PAYOFF_PAYMENT_TOO_HIGH');
    expect(detail).toBe(`${loan_id} owes 1508.43 today; a payment of 1508.44 is more than that.`);
  });

  it('is rejected with a payment that includes a disputed balance', async () => {
    const { loan_id, installments } = await postedLoan();
    await app.db.query(`UPDATE ledger_balances SET status = 'DISPUTED' WHERE reference_id = $1`, [
      installments[0]?.installment_id,
    ]);
    await refused(loan_id, paying('1254.33', 'DISPUTED'), 400, 'PAYOFF_PAYMENT_TOO_HIGH');
    expect((await payOff(loan_id, paying('1254.32', 'REST'))).body.loan).toMatchObject({
      status: 'ACTIVE',
      outstanding_balance: '250.00',
    });
  });

  it('is rejected with a known or reserved payment source', async () => {
    const { loan_id } = await postedLoan();
    await payOff((await aLoan(app)).loan_id, paying('10.00', 'TWICE'));
    await refused(loan_id, paying('10.00', 'TWICE'), 409, 'SOURCE_ALREADY_POSTED');
    for (const source_type of ['LOAN_INSTALLMENT', 'WRITE_OFF']) {
      const payment = { amount: '10.00', source_type, source_id: 'X' };
      await refused(loan_id, { payment }, 400, 'SOURCE_TYPE_RESERVED');
    }
  });

  it.each([
    ['payment.amount', { payment: { amount: '0.00', source_type: 'CASHIER', source_id: 'X' } }],
    ['payment.amount', { payment: { amount: '-1', source_type: 'CASHIER', source_id: 'X' } }],
    ['payment.source_type', { payment: { amount: '1.00', source_type: 'cash', source_id: 'X' } }],
    ['payment.source_id', { payment: { amount: '1.00', source_type: 'CASHIER' } }],
    ['payment', { payment: null }],
    ['payment', { payment: 'all' }],
    ['reason', { reason: ' ' }],
    ['reason', { reason: 'x'.repeat(256) }],
    ['dry_run', { dry_run: 'yes' }],
    ['as_of', { as_of: '2025-11-19' }],
  ])('is rejected for its %s: %j', async (field, body) => {
    const { loan_id } = await exampleLoan();
    expectFieldsRefused(await payOff(loan_id, body), field);
  });

  it('is rejected for a loan that is not open and for an unknown loan', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id, paying('1508.43', 'CLOSING'));
    await refused(loan_id, {}, 409, 'LOAN_NOT_RUNNING');
    await refused('DL-2025-9999', {}, 404, 'LOAN_NOT_FOUND');
  });

  it('is denied to a manager', async () => {
    const { loan_id } = await exampleLoan();
    const answer = await app.as('MANAGER').post(`/loans/${loan_id}/payoff`, {});
    expectRefusal(answer, 403, 'PERMISSION_MISSING');
  });
});
