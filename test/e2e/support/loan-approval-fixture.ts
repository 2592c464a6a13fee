import type { LoanHistoryResponse } from '../../../src/modules/loans/overview/loan-history.response.js';
import type {
  ChangedLoanResponse,
  LoanDetailResponse,
} from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiClient } from '../../support/api-client.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

export const NOW = '2025-10-29T09:00:00-04:00';

export let app: TestApp;

export let finance: ApiClient;

export let admin: ApiClient;

export let [clerk, approver] = [0, 0];

const idOf = async (client: ApiClient): Promise<number> =>
  (await client.get<{ id: number }>('/auth/me')).body.id;

export const approve = (loanId: string, body?: object, by = admin) =>
  by.post<ChangedLoanResponse>(`/loans/${loanId}/approve`, body);

export const setStatus = (loanId: string, body: object) =>
  finance.put<LoanDetailResponse>(`/loans/${loanId}/status`, body);

export const wholeHistoryOf = async (loanId: string) =>
  (await finance.get<LoanHistoryResponse>(`/loans/${loanId}/history`)).body.items;

export const historyOf = async (loanId: string) =>
  (await wholeHistoryOf(loanId)).filter(({ kind }) => kind === 'STATUS');

/** Starts the application for the tests of a file. */
export function useLoanApprovals(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: NOW, env: { LOAN_APPROVAL_REQUIRED: 'true' } });
    [finance, admin] = [app.as('FINANCE'), app.as('ADMIN')];
    [clerk, approver] = [await idOf(finance), await idOf(admin)];
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(NOW));
}
