import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import { aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const NOW = '2025-11-05T09:00:00-05:00';

export let app: TestApp;

export let ledger: LedgerClient;

export let clerk: number;

export const currentLoan = async (loanId: string): Promise<LoanDetailResponse> =>
  (await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loanId}`)).body;

export const postWeek = () => app.as('FINANCE').post('/loans/installments/post', {});

/** A loan of two installments of 100.00, the first one posted. */
export const aPostedLoan = async (): Promise<
  LoanDetailResponse & { balanceId: string; postingId: string }
> => {
  const { loan_id } = await aLoan(app, { loan_amount: '201.00' });
  await postWeek();
  const loan = await currentLoan(loan_id);
  const balanceId = loan.installments[0]?.ledger_balance_id ?? '';
  return { ...loan, balanceId, postingId: (await ledger.balance(balanceId)).posting_id };
};

/** Starts the application for the tests of a file. */
export function useLedgerVoids(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: NOW });
    ledger = new LedgerClient(app);
    clerk = (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body.id;
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(NOW));
}
