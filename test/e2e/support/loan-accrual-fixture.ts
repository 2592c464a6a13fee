import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { LoanInput } from '../../support/factories.js';
import type { ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import { expectLoanInvariants } from '../../support/ledger-invariants.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const LOAN_DATE = '2025-10-29T09:00:00-04:00';

export let app: TestApp;

export let finance: ApiClient;

/** By default the example loan of docs/domain.md: six installments of 250.00 from 2025-11-02. */
export const createLoan = (terms: Partial<LoanInput> = {}) =>
  aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02', ...terms });

export const get = async ({ loan_id }: LoanDetailResponse) =>
  (await finance.get<LoanDetailResponse>(`/loans/${loan_id}`)).body;

export async function setStatus({ loan_id }: LoanDetailResponse, status: string, more: object = {}) {
  const body = { status, reason: 'Agreed', ...more };
  const answer = await finance.put<LoanDetailResponse>(`/loans/${loan_id}/status`, body);
  expect(answer.status).toBe(200);
  await expectLoanInvariants(app.db, loan_id);
  return answer.body;
}

export const hold = (loan: LoanDetailResponse) => setStatus(loan, 'ON_HOLD');

export const resume = (loan: LoanDetailResponse, more: object = {}) => setStatus(loan, 'ACTIVE', more);

/** Starts the application for the tests of a file. */
export function useLoanAccrual(): void {
  beforeEach(async () => {
    app = await startTestApp({ now: LOAN_DATE });
    finance = app.as('FINANCE');
  });
  afterEach(() => app.close());
}
