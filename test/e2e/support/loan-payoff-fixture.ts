import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type {
  PayoffQuoteResponse,
  PayoffResponse,
} from '../../../src/modules/loans/servicing/payoff/payoff.response.js';
import type { ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const LOAN_DATE = '2025-10-29T09:00:00-04:00';

export const WEDNESDAY = '2025-11-05T09:00:00-05:00';

/** A Wednesday eleven days after the first due date, in the payment week of 2025-11-16. */
export const LATER = '2025-11-19T09:00:00-05:00';

export let app: TestApp;

export let finance: ApiClient;

/** The example loan of docs/domain.md: six installments from 2025-11-02, the first due 2025-11-08. */
export const exampleLoan = () =>
  aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' });

export const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

export const quote = (loanId: string, query = '') =>
  finance.get<PayoffQuoteResponse>(`/loans/${loanId}/payoff${query}`);

export const payOff = (loanId: string, body: object = {}) =>
  finance.post<PayoffResponse>(`/loans/${loanId}/payoff`, body);

export const hold = (loanId: string) =>
  finance.put(`/loans/${loanId}/status`, { status: 'ON_HOLD', reason: 'Leave' });

export const paying = (amount: string, source_id: string) => ({
  payment: { amount, source_type: 'CASHIER', source_id },
});

/** The example with its first installment posted. At LATER, two more weeks have begun and are not posted. */
export const postedLoan = async (): Promise<LoanDetailResponse> => {
  const { loan_id } = await exampleLoan();
  app.clock.set(WEDNESDAY);
  const run = await finance.post('/loans/installments/post', { loan_id });
  expect(run.body).toMatchObject({ installments_posted: 1 });
  app.clock.set(LATER);
  return get(loan_id);
};

/** Starts the application for the tests of a file. */
export function useLoanPayoffs(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: LOAN_DATE });
    finance = app.as('FINANCE');
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(LOAN_DATE));
}
