import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { PayoffQuoteResponse } from '../../src/modules/loans/servicing/payoff/payoff.response.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import {
  app,
  finance,
  createLoan,
  get,
  setStatus,
  hold,
  resume,
  useLoanAccrual,
} from './support/loan-accrual-fixture.js';

useLoanAccrual();

const quote = async ({ loan_id }: LoanDetailResponse) =>
  (await finance.get<PayoffQuoteResponse>(`/loans/${loan_id}/payoff`)).body;

/** Posts the weeks from one Sunday to another manually at the given time. */
async function post({ loan_id }: LoanDetailResponse, now: string, from: string, through = from) {
  app.clock.set(now);
  const end = new Date(Date.parse(through) + 6 * 86_400_000).toISOString().slice(0, 10);
  const answer = await finance.post('/loans/installments/post', {
    loan_id,
    payment_period_start: from,
    payment_period_end: end,
  });
  expect(answer.body).toMatchObject({ success: true });
}

async function voidDebit({ loan_id }: LoanDetailResponse, number: number) {
  const [debit] = await app.db.query<[{ posting_id: string }]>(
    `SELECT posting_id FROM ledger_postings WHERE source_id = $1 AND status = 'POSTED'`,
    [`${loan_id}-INST-0${number}`],
  );
  // the obligation is older than the current week
  const answer = await app
    .as('ADMIN')
    .post(`/ledger/postings/${debit.posting_id}/void`, { reason: 'Mistake' });
  expect(answer.status).toBe(200);
}

const weeksOf = ({ start_week, end_week, installments }: LoanDetailResponse) => ({
  start_week,
  end_week,
  due: installments.map(({ due_date }) => due_date),
});

describe('a loan that is resumed before its first week', () => {
  it('keeps its first week by default', async () => {
    const loan = await createLoan({ loan_amount: '100.00', start_week: '2025-11-16' });
    await hold(loan);
    const dry = await resume(loan, { dry_run: true });
    const resumed = await resume(loan);
    expect(weeksOf(resumed)).toEqual(weeksOf(loan));
    expect(weeksOf(dry)).toEqual(weeksOf(loan));
    expect(resumed.installments[0]).toMatchObject({ interest_amount: '0.66', interest_basis: { days: 24 } });
  });

  it.each([
    ['2025-11-02', '2025-11-08'],
    ['2025-11-09', '2025-11-15'],
  ])('begins on %s on request, and its other weeks follow', async (resume_week, due) => {
    const loan = await createLoan({ loan_amount: '100.00', start_week: '2025-11-16' });
    await hold(loan);
    expect(weeksOf(await resume(loan, { resume_week }))).toEqual({
      start_week: resume_week,
      end_week: due,
      due: [due],
    });
  });

  it('has weeks that match its installments after an early payoff and after the undo of that payoff', async () => {
    const loan = await createLoan({ start_week: '2025-12-14' });
    await finance.post(`/loans/${loan.loan_id}/payoff`, {});
    expect(await get(loan)).toMatchObject({ start_week: '2025-10-26', end_week: '2025-11-01' });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('keeps its weeks when it is cancelled', async () => {
    const loan = await createLoan();
    expect(await setStatus(loan, 'CANCELLED')).toMatchObject({
      start_week: loan.start_week,
      end_week: loan.end_week,
    });
  });
});

describe('waived interest', () => {
  /** A held loan with its first installment posted, on the Sunday of the second week. */
  async function heldLoan() {
    const loan = await createLoan();
    await post(loan, '2025-11-02T06:00:00-05:00', '2025-11-02');
    app.clock.set('2025-11-09T04:00:00-05:00');
    await hold(loan);
    return loan;
  }

  it('is not charged again by a payoff', async () => {
    const loan = await heldLoan();
    const resumed = await resume(loan, { resume_week: '2026-02-01', waive_interest: true });
    // 84 days of 1,250.00 at 10%: 31.16 for 91 days without the waiver, 2.40 for 7 days with it
    expect(resumed).toMatchObject({ interest_accrued_through: '2026-01-31', waived_interest: '28.76' });
    app.clock.set('2026-01-28T09:00:00-05:00');
    expect(await quote(loan)).toMatchObject({
      interest: '0.00',
      interest_basis: { from: '2026-01-31', days: 0 },
      accrues_from: '2026-01-31',
      total: '1504.11',
    });
  });

  it('is not charged again by the payoff of a loan without postings', async () => {
    const loan = await createLoan();
    await hold(loan);
    app.clock.set('2025-12-10T09:00:00-05:00');
    await resume(loan, { resume_week: '2025-12-14', waive_interest: true });
    expect(await quote(loan)).toMatchObject({ total: '1500.00', accrues_from: '2025-12-13' });
    const paid = await finance.post<{ loan: LoanDetailResponse }>(`/loans/${loan.loan_id}/payoff`, {});
    expect(paid.body).toMatchObject({ quote: { total: '1500.00' }, loan: { total_interest: '0.00' } });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('is not charged again by a later resume without a waiver', async () => {
    const loan = await heldLoan();
    await resume(loan, { resume_week: '2025-12-07', waive_interest: true });
    app.clock.set('2025-11-26T09:00:00-05:00');
    await hold(loan);
    const resumed = await resume(loan, { resume_week: '2025-12-14' });
    expect(resumed.installments[1]).toMatchObject({
      due_date: '2025-12-20',
      interest_amount: '4.79',
      interest_basis: { principal: '1250.00', from: '2025-12-06', to: '2025-12-20', days: 14 },
    });
  });

  it('never increases the interest', async () => {
    const loan = await createLoan({ interest_rate: '20.00', start_week: '2025-10-26' });
    expect(loan.installments[0]?.interest_amount).toBe('2.47');
    await hold(loan);
    const resumed = await resume(loan, { resume_week: '2025-10-26', waive_interest: true });
    expect(resumed.installments[0]?.interest_amount).toBe('2.47');
    expect(resumed).toMatchObject({ waived_interest: '0.00', schedule_version: 1 });
  });

  it('is recorded with its days, amount, reason, user and time', async () => {
    const loan = await heldLoan();
    const { body: clerk } = await finance.get<{ id: number }>('/auth/me');
    await resume(loan, { resume_week: '2026-02-01', waive_interest: true, reason: 'Illness' });
    const waivers = await app.db.query<object[]>(
      'SELECT loan_id, interest_from, interest_to, amount, reason, waived_by, waived_at FROM loan_interest_waivers',
    );
    expect(waivers).toEqual([
      {
        loan_id: loan.loan_id,
        interest_from: '2025-11-08',
        interest_to: '2026-01-31',
        amount: '28.76',
        reason: 'Illness',
        waived_by: clerk.id,
        waived_at: app.clock.now(),
      },
    ]);
  });
});

describe('an installment whose posting was voided', () => {
  /** A loan with four posted installments; the first one is voided, with interest of 1.23 for three days. */
  async function voidedLoan() {
    const loan = await createLoan({ start_week: '2025-10-26' });
    await post(loan, '2025-11-19T09:00:00-05:00', '2025-10-26', '2025-11-16');
    await voidDebit(loan, 1);
    return loan;
  }

  it('is charged its own interest once in a payoff', async () => {
    const loan = await voidedLoan();
    expect(await quote(loan)).toMatchObject({
      unpaid_principal: '750.00',
      unpaid_interest: '5.76',
      unposted_principal: '750.00',
      interest: '1.23',
      interest_carried: '1.23',
      interest_basis: { principal: '500.00', days: 0 },
      total: '1506.99',
    });
    const { body } = await finance.post<{ loan: LoanDetailResponse }>(`/loans/${loan.loan_id}/payoff`, {});
    expect(body.loan.total_payable).toBe('1506.99');
    expect(body.loan.installments.at(-1)).toMatchObject({
      interest_amount: '1.23',
      interest_carried: '1.23',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('is charged its own interest after a resume, and the other installments are not', async () => {
    const loan = await voidedLoan();
    await hold(loan);
    const resumed = await resume(loan);
    expect(
      resumed.installments.map(({ due_date, interest_amount, interest_basis: { from, days } }) => [
        due_date,
        interest_amount,
        from,
        days,
      ]),
    ).toEqual([
      ['2025-11-29', '1.23', '2025-10-29', 3],
      ['2025-11-08', '2.40', '2025-11-01', 7],
      ['2025-11-15', '1.92', '2025-11-08', 7],
      ['2025-11-22', '1.44', '2025-11-15', 7],
      ['2025-12-06', '1.92', '2025-11-22', 14],
      ['2025-12-13', '0.48', '2025-12-06', 7],
    ]);
    expect(weeksOf(resumed)).toMatchObject({ start_week: '2025-11-02', end_week: '2025-12-13' });
    expect(await quote(loan)).toMatchObject({ total: '1506.99' });
  });

  it('is charged its full interest plus the following days in the next payoff, if it was a payoff itself', async () => {
    const loan = await voidedLoan();
    app.clock.set('2025-11-24T09:00:00-05:00');
    await finance.post(`/loans/${loan.loan_id}/payoff`, {});
    await voidDebit(loan, 7);
    app.clock.set('2025-12-03T09:00:00-05:00');
    // 1.23 of the first installment, and 0.96 of the fifth, whose week had begun at the first payoff
    expect(await quote(loan)).toMatchObject({ interest: '2.19', interest_carried: '2.19', total: '1507.95' });
    await expectLoanInvariants(app.db, loan.loan_id);
  });
});
