import type { LoanPreviewResponse } from '../../src/modules/loans/origination/loan-preview.response.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLease } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import { startTestApp } from '../support/test-app.js';
import {
  app,
  finance,
  aBorrower,
  TERMS,
  EXAMPLE_INSTALLMENTS,
  create,
  rowsOf,
  useLoans,
} from './support/loans-fixture.js';

useLoans();

const preview = (body: object): ReturnType<typeof finance.post<LoanPreviewResponse>> =>
  finance.post<LoanPreviewResponse>('/loans/preview', body);

describe('POST /loans/preview', () => {
  it('returns the schedule of the example, with the basis of each interest amount', async () => {
    expect(await preview(TERMS)).toMatchObject({ status: 200 });
    expect((await preview(TERMS)).body).toEqual({
      loan_amount: '1500.00',
      interest_rate: '10.00',
      loan_date: '2025-10-29',
      start_week: '2025-11-02',
      end_week: '2025-12-13',
      weekly_principal: '250.00',
      total_interest: '11.31',
      total_payable: '1511.31',
      installments: EXAMPLE_INSTALLMENTS,
    });
  });

  it.each([
    ['0.01', '20.00', '2025-10-26'],
    ['200.00', '7.35', '2025-11-02'],
    ['200.01', '7.35', '2025-11-02'],
    ['500.50', '0.00', '2025-11-30'],
    ['1000.99', '12.50', '2026-02-22'],
    ['3000.01', '20', '2025-11-02'],
    ['50000.00', '19.99', '2026-10-25'],
  ])('returns exactly what a creation stores: %s at %s %% from %s', async (amount, rate, start_week) => {
    const body = { ...(await aBorrower()), loan_amount: amount, interest_rate: rate, start_week };
    const { installments, weekly_principal: _, ...shown } = (await preview(body)).body;
    const loan = await create(body);
    expect(loan).toMatchObject(shown);
    expect(loan.installments).toHaveLength(installments.length);
    expect(loan.installments).toMatchObject(installments);
  });

  it('writes nothing', async () => {
    const borrower = await aBorrower();
    const before = await rowsOf('driver_loans', 'loan_schedules', 'loan_status_changes');
    const numberOf = async (): Promise<unknown> =>
      app.db.query('SELECT last_value, is_called FROM driver_loan_number');
    const number = await numberOf();
    await preview({ ...borrower, ...TERMS });
    expect(await rowsOf('driver_loans', 'loan_schedules', 'loan_status_changes')).toBe(before);
    expect(await numberOf()).toEqual(number);
  });

  it('accepts amounts and rates as numbers', async () => {
    const asNumbers = await preview({ ...TERMS, loan_amount: 1500.0, interest_rate: 10 });
    expect(asNumbers.body).toEqual((await preview(TERMS)).body);
    expect((await preview({ ...TERMS, loan_amount: 0.1 })).body.loan_amount).toBe('0.10');
  });

  it('uses no interest by default', async () => {
    const { interest_rate: _, ...terms } = TERMS;
    expect((await preview(terms)).body).toMatchObject({ interest_rate: '0.00', total_payable: '1500.00' });
  });

  it('validates the borrower if one is given', async () => {
    const { driver_id, id: lease_id } = await aLease(app, {
      driver_id: (await aDriver(app, { status: 'SUSPENDED' })).id,
    });
    expectProblem(await preview({ ...TERMS, driver_id, lease_id }), 400, 'DRIVER_NOT_ACTIVE');
  });
});

describe('a loan under other settings', () => {
  it('has the configured limits and default interest rate', async () => {
    const strict = await startTestApp({
      env: { LOAN_MAX_AMOUNT: '1000', LOAN_MAX_INTEREST_RATE: '5', LOAN_DEFAULT_INTEREST_RATE: '3.5' },
    });
    try {
      const ask = (terms: object): ReturnType<ApiClient['post']> =>
        strict.as('FINANCE').post('/loans/preview', { start_week: '2025-11-02', ...terms });
      expect((await ask({ loan_amount: '1000.00' })).body).toMatchObject({ interest_rate: '3.50' });
      expect((await strict.as('FINANCE').get('/loans/terms')).body).toEqual({
        default_interest_rate: '3.50',
        max_interest_rate: '5.00',
        max_loan_amount: '1000.00',
      });
      const problem = expectProblem(await ask({ loan_amount: '1000.01' }), 400, 'LOAN_AMOUNT_OUT_OF_RANGE');
      expect(problem.detail).toBe(
        'loan_amount must be greater than $0.00 and at most $1,000.00 (got $1,000.01).',
      );
      expectProblem(await ask({ loan_amount: 1, interest_rate: '5.01' }), 400, 'INTEREST_RATE_OUT_OF_RANGE');
    } finally {
      await strict.close();
    }
  });
});
