import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aLoan } from './factories.js';
import { LedgerClient } from './ledger-client.js';
import type { TestApp } from './test-app.js';

/** Posts an installment of 100.00 and pays half of it, so that each table of the ledger has a row. */
export async function aHalfPaidInstallment(app: TestApp): Promise<LoanDetailResponse> {
  const loan = await aLoan(app, { start_week: '2025-11-02' });
  await app.as('FINANCE').post('/loans/installments/post', {});
  await new LedgerClient(app).pay(loan, '50.00', { source_id: 'EARN-1' });
  return loan;
}
