import type { BalanceResponse } from '../../../src/modules/ledger/balances/balance.response.js';
import type { ObligationResponse } from '../../../src/modules/ledger/obligations/obligation.response.js';
import type { PaymentResponse } from '../../../src/modules/ledger/payments/payment.response.js';
import type { ApiAnswer, ApiClient } from '../../support/api-client.js';
import type { LeaseRow } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

export const NOW = '2025-11-05T09:00:00-05:00';

export let app: TestApp;

export let finance: ApiClient;

export let clerk: number;

let sources = 0;

export const nextSource = (): string => `SOURCE-${(sources += 1)}`;

export const obligationOf = ({ driver_id, id }: LeaseRow, more: object = {}): object => ({
  driver_id,
  lease_id: id,
  category: 'LEASE',
  amount: '450.00',
  reference_type: 'LEASE_FEE',
  reference_id: nextSource(),
  payment_period_start: '2025-11-02',
  ...more,
});

export const paymentOf = (
  { driver_id, id }: LeaseRow,
  amount: string | number,
  more: object = {},
): object => ({
  driver_id,
  lease_id: id,
  amount,
  payment_period_start: '2025-11-02',
  source_type: 'WEEKLY_EARNINGS',
  source_id: nextSource(),
  ...more,
});

export const record = (body: object): Promise<ApiAnswer<ObligationResponse>> =>
  finance.post<ObligationResponse>('/ledger/obligations', body);

export const recorded = async (lease: LeaseRow, more: object = {}): Promise<BalanceResponse> => {
  const answer = await record(obligationOf(lease, more));
  expect(answer.status).toBe(201);
  return answer.body.balance;
};

export const pay = (body: object): Promise<ApiAnswer<PaymentResponse>> =>
  finance.post<PaymentResponse>('/ledger/payments', body);

export const rowsInLedger = async (): Promise<number> => {
  const [row] = await app.db.query<[{ count: number }]>(
    `SELECT ((SELECT count(*) FROM ledger_postings) + (SELECT count(*) FROM ledger_balances)
             + (SELECT count(*) FROM payment_allocations))::integer AS count`,
  );
  return row.count;
};

/** Starts the application for the tests of a file. */
export function useLedgerRequests(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: NOW });
    finance = app.as('FINANCE');
    clerk = (await finance.get<{ id: number }>('/auth/me')).body.id;
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(NOW));
}
