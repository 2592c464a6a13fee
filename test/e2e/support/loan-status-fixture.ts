import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiAnswer, ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

export const LOAN_DATE = '2025-10-29T09:00:00-04:00';

/** A Wednesday eleven days after the first due date, in the payment week of 2025-11-16. */
export const LATER = '2025-11-19T09:00:00-05:00';

export let app: TestApp;

export let finance: ApiClient;

export let clerk: number;

export const setStatus = (loanId: string, body: object): Promise<ApiAnswer<LoanDetailResponse>> =>
  finance.put<LoanDetailResponse>(`/loans/${loanId}/status`, body);

export const changed = async (
  loanId: string,
  status: string,
  more: object = {},
): Promise<LoanDetailResponse> => {
  const answer = await setStatus(loanId, { status, reason: `To ${status}`, ...more });
  expect(answer.status).toBe(200);
  expect(answer.body.status).toBe(status);
  return answer.body;
};

export const get = async (loanId: string): Promise<LoanDetailResponse> =>
  (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

export const post = async (loanId: string, week: string): Promise<void> => {
  const answer = await finance.post('/loans/installments/post', {
    loan_id: loanId,
    payment_period_start: week,
  });
  expect(answer.body).toMatchObject({ success: true });
};

export const pay = async (loan: LoanDetailResponse, amount: string): Promise<void> => {
  const answer = await finance.post('/ledger/payments', {
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount,
    payment_period_start: app.clock.currentWeek().start,
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan.loan_id}-${amount}`,
  });
  expect(answer.status).toBe(201);
};

/** The example loan of docs/domain.md: six installments from 2025-11-02, the first due 2025-11-08. */
export const exampleLoan = (): Promise<LoanDetailResponse> =>
  aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' });

/** The same loan with its first installment posted, then on hold; the clock is at LATER. */
export const heldLoan = async (): Promise<LoanDetailResponse> => {
  const { loan_id } = await exampleLoan();
  app.clock.set('2025-11-05T09:00:00-05:00');
  await post(loan_id, '2025-11-02');
  await changed(loan_id, 'ON_HOLD');
  app.clock.set(LATER);
  return get(loan_id);
};

/** Starts the application for the tests of a file. */
export function useLoanStatusChanges(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: LOAN_DATE });
    finance = app.as('FINANCE');
    clerk = (await finance.get<{ id: number }>('/auth/me')).body.id;
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(LOAN_DATE));
}
