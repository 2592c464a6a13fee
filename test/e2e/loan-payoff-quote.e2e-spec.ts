import { expectFieldErrors, expectProblem } from '../support/problem.js';
import {
  LATER,
  app,
  finance,
  exampleLoan,
  quote,
  payOff,
  hold,
  paying,
  postedLoan,
  useLoanPayoffs,
} from './support/loan-payoff-fixture.js';

useLoanPayoffs();

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
  ])('returns for %s the total due on that day: %s', async (asOf, total) => {
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
    const problem = expectProblem(await quote(loan_id, '?as_of=2025-10-28'), 400, 'PAYOFF_DATE_INVALID');
    expect(problem.errors).toEqual([{ field: 'as_of', message: problem.detail }]);
    expectFieldErrors(await quote(loan_id, '?as_of=2025-02-30'), 'as_of');
  });

  it('is rejected for a loan that is not open and for an unknown loan', async () => {
    const { loan_id } = await exampleLoan();
    await finance.put(`/loans/${loan_id}/status`, { status: 'CANCELLED', reason: 'Mistake' });
    expectProblem(await quote(loan_id), 409, 'LOAN_NOT_OPEN');
    expectProblem(await quote('DL-2025-9999'), 404, 'LOAN_NOT_FOUND');
  });
});
