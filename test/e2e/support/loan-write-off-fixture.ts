import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { WriteOffResponse } from '../../../src/modules/loans/servicing/write-off/write-off.response.js';
import type { ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const LOAN_DATE = '2025-10-29T09:00:00-04:00';

export const LATER = '2025-11-19T09:00:00-05:00';

export let app: TestApp;

export let finance: ApiClient;

export let admin: ApiClient;

export const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

export const writeOff = (loanId: string, body: object = { reason: 'Left the country' }, by = admin) =>
  by.post<WriteOffResponse>(`/loans/${loanId}/write-off`, body);

export const pay = async (loan: LoanDetailResponse, amount: string, week = '2025-11-02'): Promise<string> => {
  const answer = await finance.post<{ posting: { posting_id: string } }>('/ledger/payments', {
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount,
    payment_period_start: week,
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan.loan_id}-${amount}`,
  });
  expect(answer.status).toBe(201);
  return answer.body.posting.posting_id;
};

/** The example loan of docs/domain.md with its first installment, 250.00 and 4.11, posted. The clock is at LATER. */
export const postedLoan = async (): Promise<LoanDetailResponse> => {
  const { loan_id } = await aLoan(app, {
    loan_amount: '1500.00',
    interest_rate: '10.00',
    start_week: '2025-11-02',
  });
  app.clock.set('2025-11-05T09:00:00-05:00');
  await finance.post('/loans/installments/post', { loan_id });
  app.clock.set(LATER);
  return get(loan_id);
};

/** Starts the application for the tests of a file. */
export function useLoanWriteOffs(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: LOAN_DATE });
    [finance, admin] = [app.as('FINANCE'), app.as('ADMIN')];
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(LOAN_DATE));
}
