import type { InstallmentResponse } from '../../src/modules/loans/installments/installment.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aLoan } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import {
  LATER,
  app,
  setStatus,
  changed,
  get,
  post,
  pay,
  exampleLoan,
  heldLoan,
  useLoanStatusChanges,
} from './support/loan-status-fixture.js';

useLoanStatusChanges();

/** principal × rate/100 × days/365 in integers, rounded half up to cents: an independent implementation. */
const interestOf = (principalDollars: number, ratePercent: number, days: number): string => {
  const numerator = BigInt(principalDollars) * 100n * BigInt(ratePercent) * BigInt(days);
  const cents = (2n * numerator + 36_500n) / 73_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
};

const planOf = ({ installments }: LoanDetailResponse): unknown[] =>
  installments.map(({ due_date, principal_amount, interest_amount, interest_basis }) => [
    due_date,
    principal_amount,
    interest_amount,
    interest_basis.days,
  ]);

describe('the resume of a loan', () => {
  const [A, B, C, D, E] = [1250, 1000, 750, 500, 250].map((principal) => interestOf(principal, 10, 7));

  it('moves unposted installments to the weeks from the next one on, with interest for the gap', async () => {
    const held = await heldLoan();
    const resumed = await changed(held.loan_id, 'ACTIVE');
    expect(planOf(resumed)).toEqual([
      ['2025-11-08', '250.00', '4.11', 10],
      // 21 days from 2025-11-08, the due date of the posted installment
      ['2025-11-29', '250.00', interestOf(1250, 10, 21), 21],
      ['2025-12-06', '250.00', B, 7],
      ['2025-12-13', '250.00', C, 7],
      ['2025-12-20', '250.00', D, 7],
      ['2025-12-27', '250.00', E, 7],
    ]);
    expect(interestOf(1250, 10, 21)).toBe('7.19');
    expect(resumed).toMatchObject({
      start_week: '2025-11-02',
      end_week: '2025-12-27',
      // 4.11 + 7.19 + 1.92 + 1.44 + 0.96 + 0.48
      total_interest: '16.10',
      total_payable: '1516.10',
      outstanding_balance: '1500.00',
      updated_on: new Date(LATER).toISOString(),
    });
    expect(resumed.installments.map(({ week_start }) => week_start).slice(1)).toEqual([
      '2025-11-23',
      '2025-11-30',
      '2025-12-07',
      '2025-12-14',
      '2025-12-21',
    ]);
    expect(
      resumed.installments.map(({ total_due, outstanding_balance }) => total_due === outstanding_balance),
    ).toEqual(Array<boolean>(6).fill(true));
  });

  it('leaves posted installments unchanged, and the next due date until they are paid', async () => {
    const held = await heldLoan();
    const resumed = await changed(held.loan_id, 'ACTIVE');
    expect(resumed.installments[0]).toEqual(held.installments[0]);
    expect(resumed.installments[0]).toMatchObject({ status: 'POSTED', total_due: '254.11' });
    expect(resumed.next_due_date).toBe('2025-11-08');
    await pay(resumed, '254.11');
    expect(await get(held.loan_id)).toMatchObject({ next_due_date: '2025-11-29', paid_installments: 1 });
  });

  it('starts in the requested week', async () => {
    const { loan_id } = await heldLoan();
    const resumed = await changed(loan_id, 'ACTIVE', { resume_week: '2025-12-28' });
    expect(planOf(resumed)[1]).toEqual(['2026-01-03', '250.00', interestOf(1250, 10, 56), 56]);
    expect(resumed.end_week).toBe('2026-01-31');
  });

  it('waives the interest of the gap on request, except for one week', async () => {
    const { loan_id } = await heldLoan();
    const resumed = await changed(loan_id, 'ACTIVE', { waive_interest: true, resume_week: '2025-12-28' });
    expect(planOf(resumed)).toEqual([
      ['2025-11-08', '250.00', '4.11', 10],
      ['2026-01-03', '250.00', A, 7],
      ['2026-01-10', '250.00', B, 7],
      ['2026-01-17', '250.00', C, 7],
      ['2026-01-24', '250.00', D, 7],
      ['2026-01-31', '250.00', E, 7],
    ]);
    expect(resumed.total_interest).toBe('11.31');
  });

  it('accrues interest from the loan date if nothing is posted yet', async () => {
    const { loan_id } = await exampleLoan();
    await changed(loan_id, 'ON_HOLD');
    app.clock.set(LATER);
    const resumed = await changed(loan_id, 'ACTIVE', { waive_interest: false });
    expect(planOf(resumed)[0]).toEqual(['2025-11-29', '250.00', interestOf(1500, 10, 31), 31]);
    expect(resumed).toMatchObject({ next_due_date: '2025-11-29', end_week: '2026-01-03' });
  });

  it('can start in the current week, which makes the first installment due immediately', async () => {
    const { loan_id } = await heldLoan();
    const resumed = await changed(loan_id, 'ACTIVE', { resume_week: '2025-11-16' });
    expect(resumed.installments[1]).toMatchObject({ due_date: '2025-11-22', status: 'DUE' });
    await post(loan_id, '2025-11-16');
    expect((await get(loan_id)).installments[1]).toMatchObject({ status: 'POSTED' });
  });

  it('changes neither the principal nor the installment numbers', async () => {
    const held = await heldLoan();
    const resumed = await changed(held.loan_id, 'ACTIVE', { resume_week: '2026-02-01' });
    const kept = ({ installment_id, principal_amount }: InstallmentResponse): string[] => [
      installment_id,
      principal_amount,
    ];
    expect(resumed.installments.map(kept)).toEqual(held.installments.map(kept));
  });

  it('changes no installment if all are posted', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '100.00' });
    await post(loan_id, '2025-10-26');
    const held = await changed(loan_id, 'ON_HOLD');
    const resumed = await changed(loan_id, 'ACTIVE');
    expect(resumed).toMatchObject({ end_week: held.end_week, installments: held.installments });
  });

  it.each([
    ['2025-11-24', '2025-11-24 is not a Sunday; the nearest Sundays are 2025-11-23 and 2025-11-30.'],
    ['2025-11-09', 'resume_week must be between 2025-11-16 and 2026-11-15 (got 2025-11-09).'],
    ['2026-11-22', 'resume_week must be between 2025-11-16 and 2026-11-15 (got 2026-11-22).'],
  ])('is rejected for the week %s', async (resume_week, sentence) => {
    const held = await heldLoan();
    const answer = await setStatus(held.loan_id, { status: 'ACTIVE', reason: 'Back', resume_week });
    const problem = expectProblem(answer, 400, 'RESUME_WEEK_INVALID');
    expect(problem.errors).toEqual([{ field: 'resume_week', message: sentence }]);
    expect(problem.detail).toBe(sentence);
    expect(await get(held.loan_id)).toEqual(held);
  });

  it('is rejected for a week that is already posted', async () => {
    const { loan_id } = await exampleLoan();
    app.clock.set('2025-11-05T09:00:00-05:00');
    await post(loan_id, '2025-11-02');
    await changed(loan_id, 'ON_HOLD');
    const answer = await setStatus(loan_id, { status: 'ACTIVE', reason: 'Back', resume_week: '2025-11-02' });
    expect(expectProblem(answer, 400, 'RESUME_WEEK_INVALID').detail).toBe(
      `${loan_id} is posted until 2025-11-08. Resume it in a later week.`,
    );
  });
});
