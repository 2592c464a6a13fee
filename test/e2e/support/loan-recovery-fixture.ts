import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { RecoveryResponse } from '../../../src/modules/loans/servicing/write-off/recovery.response.js';
import type { WriteOffResponse } from '../../../src/modules/loans/servicing/write-off/write-off.response.js';
import type { ApiAnswer, ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const LOAN_DATE = '2025-10-29T09:00:00-04:00';

const POSTED = '2025-11-05T09:00:00-05:00';

const LATER = '2025-11-19T09:00:00-05:00';

export let app: TestApp;

export let finance: ApiClient;

export let ledger: LedgerClient;

let receipts = 0;

export const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

/** 1,500.00 at 10%, with 254.11 posted and 100.00 paid: principal of 1,404.11 and no interest are written off. */
export const aWrittenOffLoan = async (): Promise<LoanDetailResponse & { readonly writeOff: string }> => {
  const { loan_id } = await aLoan(app, {
    loan_amount: '1500.00',
    interest_rate: '10.00',
    start_week: '2025-11-02',
  });
  app.clock.set(POSTED);
  await finance.post('/loans/installments/post', { loan_id });
  await ledger.pay(await get(loan_id), '100.00');
  app.clock.set(LATER);
  const answer = await app
    .as('ADMIN')
    .post<WriteOffResponse>(`/loans/${loan_id}/write-off`, { reason: 'Left the country' });
  return { ...answer.body.loan, loan_id, writeOff: answer.body.posting_id };
};

export const recover = (
  loanId: string,
  amount: string,
  more: object = {},
  by = finance,
): Promise<ApiAnswer<RecoveryResponse>> =>
  by.post<RecoveryResponse>(`/loans/${loanId}/recoveries`, {
    amount,
    source_id: `R-${(receipts += 1)}`,
    ...more,
  });

/** Starts the application for the tests of a file. */
export function useLoanRecoveries(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: LOAN_DATE });
    finance = app.as('FINANCE');
    ledger = new LedgerClient(app);
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(LOAN_DATE));
}
