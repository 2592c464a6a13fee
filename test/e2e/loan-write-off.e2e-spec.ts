import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import type {
  LoanHistoryItem,
  LoanHistoryResponse,
} from '../../src/modules/loans/overview/loan-history.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aLoan } from '../support/factories.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import { voidCredit } from '../support/void-credit.js';
import {
  LATER,
  app,
  finance,
  admin,
  get,
  writeOff,
  pay,
  postedLoan,
  useLoanWriteOffs,
} from './support/loan-write-off-fixture.js';

useLoanWriteOffs();

const stepsOf = async (loanId: string): Promise<LoanHistoryItem[]> => {
  const { body } = await finance.get<LoanHistoryResponse>(`/loans/${loanId}/history`);
  return body.items.filter(({ kind }) => kind === 'STATUS');
};

const hold = (loanId: string) =>
  finance.put(`/loans/${loanId}/status`, { status: 'ON_HOLD', reason: 'Gone' });

/** The loan without the time of its last change. */
const withoutTimestamp = ({ updated_on: _, ...loan }: LoanDetailResponse) => loan;

describe('a write-off', () => {
  it('closes the loan with its reason, and does not count as collected', async () => {
    const loan = await postedLoan();
    await pay(loan, '100.00');
    const { status, body } = await writeOff(loan.loan_id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ dry_run: false, amount_settled: '154.11' });
    expect(body.loan).toEqual(await get(loan.loan_id));
    expect(body.loan).toMatchObject({
      status: 'CLOSED',
      closure_reason: 'Left the country',
      closed_on: new Date(LATER).toISOString(),
      total_principal_paid: '95.89',
      total_interest_paid: '4.11',
      written_off: '1404.11',
      outstanding_balance: '0.00',
      next_due_date: null,
      paid_installments: 0,
      pending_installments: 0,
    });
    expect(body.loan.installments[0]).toMatchObject({
      status: 'PAID',
      principal_paid: '95.89',
      principal_written_off: '154.11',
      interest_written_off: '0.00',
      outstanding_balance: '0.00',
    });
    expect(body.loan.installments[1]).toMatchObject({
      status: 'SKIPPED',
      principal_paid: '0.00',
      principal_written_off: '250.00',
      posted_to_ledger: false,
    });
    await expectLoanInvariants(app.db, loan.loan_id);
    expect((await finance.get(`/loans/statistics/summary?driver_id=${loan.driver_id}`)).body).toMatchObject({
      closed_loans: 1,
      total_amount_collected: '100.00',
      total_interest_collected: '4.11',
      total_outstanding: '0.00',
      total_written_off: '1404.11',
    });
  });

  it('is one CREDIT of the loan in the ledger with its user', async () => {
    const loan = await postedLoan();
    const { body } = await writeOff(loan.loan_id);
    const { id } = (await admin.get<{ id: number }>('/auth/me')).body;
    expect((await finance.get(`/ledger/postings/${body.posting_id}`)).body).toMatchObject({
      posting_type: 'CREDIT',
      kind: 'WRITE_OFF',
      payment_method: null,
      amount: '254.11',
      source_type: 'WRITE_OFF',
      source_id: loan.loan_id,
      posted_by: id,
      description: `Write-off of loan ${loan.loan_id}: Left the country`,
    });
    expect((await stepsOf(loan.loan_id)).slice(1)).toEqual([
      expect.objectContaining({ from: 'ACTIVE', to: 'CLOSED', by: id, reason: 'Left the country' }),
    ]);
  });

  it('is an adjustment and never a payment in the weekly statement, in JSON, PDF and export', async () => {
    const { loan_id } = await aLoan(app, {
      loan_amount: '100.00',
      interest_rate: '15.00',
      start_week: '2025-11-02',
    });
    app.clock.set('2025-11-05T09:00:00-05:00');
    await finance.post('/loans/installments/post', { loan_id });
    const { driver_id, lease_id } = await get(loan_id);
    const { posting_id } = (await writeOff(loan_id)).body;
    const amounts = {
      prior_balance: '0.00',
      current_charge: '100.41',
      payment_applied: '0.00',
      adjustment: '-100.41',
      balance_forward: '0.00',
    };
    const query = `driver_id=${driver_id}&lease_id=${lease_id}&period_start=2025-11-02`;
    const { body } = await finance.get<StatementResponse>(`/ledger/statements?${query}`);
    expect(body.totals).toEqual(amounts);
    expect(body.credit).toBe('0.00');
    const file = await finance.get(`/ledger/statements/export/json?${query}`);
    expect(file.body).toMatchObject({ items: [{ category: 'LOANS', ...amounts }], totals: amounts });
    const balance = await finance.get(`/ledger/balances?reference_id=${loan_id}-INST-01`);
    const [{ balance_id = '' } = {}] = balance.body['items'] as { balance_id?: string }[];
    expect((await finance.get(`/ledger/balances/${balance_id}`)).body).toMatchObject({
      payment_applied: '100.41',
      allocations: [{ payment_posting_id: posting_id, kind: 'WRITE_OFF' }],
    });
    const text = pagesOf((await getPdf(app, `/ledger/statements?${query}&format=pdf`)).file).join(' ');
    const [, payments = '', adjustments = ''] = text.split(/Payments applied|Adjustments|Money received/);
    expect(payments.trim()).toMatch(/^None\.$/);
    expect(adjustments).toContain(`${posting_id} Nov 5, 2025 Loans ${loan_id}-INST-01 · Write-off of loan`);
    expect(adjustments).toContain('Total -100.41');
  });

  it('is also possible for a loan on hold', async () => {
    const loan = await postedLoan();
    await hold(loan.loan_id);
    expect((await writeOff(loan.loan_id)).body.loan).toMatchObject({
      status: 'CLOSED',
      written_off: '1500.00',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('after a payoff settles the payoff installment and skips no other', async () => {
    const loan = await postedLoan();
    await finance.post(`/loans/${loan.loan_id}/payoff`, {});
    const { body } = await writeOff(loan.loan_id);
    expect(body).toMatchObject({ amount_settled: '1508.43', loan: { written_off: '1500.00' } });
    await expectLoanInvariants(app.db, loan.loan_id);
    await voidCredit(app, body.posting_id, 'ADMIN');
    const back = await get(loan.loan_id);
    expect(back).toMatchObject({ status: 'ACTIVE', written_off: '0.00', outstanding_balance: '1500.00' });
    expect(back.installments.filter(({ status }) => status === 'SKIPPED')).toHaveLength(5);
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('returns the same in a dry run, and writes nothing', async () => {
    const { loan_id } = await postedLoan();
    const before = await dumpLedgerTables(app.db);
    const dry = await writeOff(loan_id, { reason: 'Left the country', dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { dry_run: true } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    expect((await writeOff(loan_id)).body.loan).toEqual(dry.body.loan);
  });
});

describe('the void of a write-off', () => {
  it('restores the loan and puts it on hold until a user resumes it', async () => {
    const loan = await postedLoan();
    await pay(loan, '100.00');
    const before = await get(loan.loan_id);
    const { body } = await writeOff(loan.loan_id);
    await voidCredit(app, body.posting_id, 'ADMIN');
    const back = await get(loan.loan_id);
    expect(withoutTimestamp(back)).toEqual({ ...withoutTimestamp(before), status: 'ON_HOLD' });
    await expectLoanInvariants(app.db, loan.loan_id);
    expect((await stepsOf(loan.loan_id)).at(-1)).toMatchObject({
      from: 'CLOSED',
      to: 'ON_HOLD',
      reason: 'The write-off was reversed',
    });
    const resume = { status: 'ACTIVE', reason: 'Found again' };
    const resumed = await finance.put<LoanDetailResponse>(`/loans/${loan.loan_id}/status`, resume);
    expect(resumed.body.installments[1]).toMatchObject({ status: 'SCHEDULED', due_date: '2025-11-29' });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('allows another write-off', async () => {
    const { loan_id } = await postedLoan();
    const first = await writeOff(loan_id);
    await voidCredit(app, first.body.posting_id, 'ADMIN');
    const second = await writeOff(loan_id, { reason: 'Gone again' });
    expect(withoutTimestamp(second.body.loan)).toEqual({
      ...withoutTimestamp(first.body.loan),
      closure_reason: 'Gone again',
    });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('is not needed for the void of an earlier payment, whose amount is then owed again', async () => {
    const loan = await postedLoan();
    const payment = await pay(loan, '104.11');
    const { body } = await writeOff(loan.loan_id);
    await voidCredit(app, payment);
    const reopened = await get(loan.loan_id);
    expect(reopened).toMatchObject({
      status: 'ACTIVE',
      total_principal_paid: '0.00',
      total_interest_paid: '0.00',
      // 1250.00 that was never posted, and 150.00 of 254.11, including interest of 4.11
      written_off: '1395.89',
      outstanding_balance: '104.11',
    });
    expect(reopened.installments[0]).toMatchObject({
      status: 'POSTED',
      interest_written_off: '4.11',
      principal_written_off: '145.89',
      outstanding_balance: '104.11',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
    const problem = expectProblem(await writeOff(loan.loan_id), 409, 'LOAN_ALREADY_WRITTEN_OFF');
    expect(problem.detail).toContain(body.posting_id);
    await pay(loan, '104.11');
    expect(await get(loan.loan_id)).toMatchObject({
      status: 'CLOSED',
      closure_reason: 'Paid, and the rest written off',
      outstanding_balance: '0.00',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });
});

describe('a written-off loan', () => {
  it('keeps the schedule of its payoff: the payoff can be undone only after the void of the write-off', async () => {
    const loan = await postedLoan();
    await finance.post(`/loans/${loan.loan_id}/payoff`, {});
    const [debit] = await app.db.query<[{ posting_id: string }]>(
      `SELECT posting_id FROM ledger_postings WHERE source_id = $1`,
      [`${loan.loan_id}-INST-07`],
    );
    const undo = () => finance.post(`/loans/${loan.loan_id}/payoff/undo`, { reason: 'Mistake' });
    await finance.post(`/ledger/postings/${debit.posting_id}/void`, { reason: 'Mistake' });
    const { posting_id } = (await writeOff(loan.loan_id)).body;
    const before = await dumpLedgerTables(app.db);
    const problem = expectProblem(await undo(), 409, 'LOAN_ALREADY_WRITTEN_OFF');
    expect(problem.detail).toBe(`${loan.loan_id} is written off by ${posting_id}. Void that posting first.`);
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    await voidCredit(app, posting_id, 'ADMIN');
    expect((await undo()).status).toBe(200);
    await expectLoanInvariants(app.db, loan.loan_id);
  });
});
