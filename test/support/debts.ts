import type { Category } from '../../src/modules/ledger/index.js';
import type { ObligationResponse } from '../../src/modules/ledger/obligations/obligation.response.js';
import type { PaymentResponse } from '../../src/modules/ledger/payments/payment.response.js';
import type { ApiAnswer } from './api-client.js';
import type { TestApp } from './test-app.js';

/** A driver under a lease: who owes, and who pays. */
export interface Debtor {
  readonly driver_id: number;
  readonly lease_id: number;
}

let sources = 0;

/** A debt as staff records it by hand; without a due date it is due on the Saturday of 2025-11-02's week. */
export async function aDebt(
  app: TestApp,
  debtor: Debtor,
  debt: { category: Category; amount: string; due_date?: string },
): Promise<ObligationResponse> {
  sources += 1;
  const answer = await app.as('FINANCE').post<ObligationResponse>('/ledger/obligations', {
    driver_id: debtor.driver_id,
    lease_id: debtor.lease_id,
    reference_type: 'BY_HAND',
    reference_id: `DEBT-${sources}`,
    payment_period_start: '2025-11-02',
    ...debt,
  });
  if (answer.status !== 201) throw new Error(`no debt was made: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A payment by hierarchy of a source of its own, if nothing else is said. */
export function pay(
  app: TestApp,
  debtor: Debtor,
  amount: string,
  more: { source_id?: string; dry_run?: boolean } = {},
): Promise<ApiAnswer<PaymentResponse & { code?: string }>> {
  sources += 1;
  return app.as('FINANCE').post('/ledger/payments', {
    driver_id: debtor.driver_id,
    lease_id: debtor.lease_id,
    amount,
    payment_period_start: '2025-11-02',
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${sources}`,
    ...more,
  });
}
