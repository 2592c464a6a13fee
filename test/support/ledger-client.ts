import type {
  BalanceDetailResponse,
  BalanceResponse,
  ChangedBalanceResponse,
} from '../../src/modules/ledger/balances/balance.response.js';
import type { ObligationResponse } from '../../src/modules/ledger/obligations/obligation.response.js';
import type { OpenBalancesResponse } from '../../src/modules/ledger/balances/balance.response.js';
import type { RefundResponse } from '../../src/modules/ledger/credits/credit.response.js';
import type { PaymentResponse } from '../../src/modules/ledger/payments/payment.response.js';
import type { VoidResponse } from '../../src/modules/ledger/voids/void.response.js';
import type { Role } from '../../src/modules/users/index.js';
import type { ApiAnswer } from './api-client.js';
import type { BorrowerRef } from './borrower-ref.js';
import type { TestApp } from './test-app.js';

let sources = 0;
const nextSource = (): string => `SRC-${(sources += 1)}`;

/** Calls the ledger API. By default as a FINANCE user and in the payment week of 2025-11-02. */
export class LedgerClient {
  constructor(
    private readonly app: TestApp,
    private readonly role: Role = 'FINANCE',
  ) {}

  /** Records an obligation, by default of the category LEASE with the amount 100.00. */
  async owe(borrower: BorrowerRef, more: object = {}): Promise<BalanceResponse> {
    const answer = await this.clerk.post<ObligationResponse>('/ledger/obligations', {
      ...this.in(borrower),
      category: 'LEASE',
      amount: '100.00',
      reference_type: 'TEST_FEE',
      reference_id: nextSource(),
      payment_period_start: '2025-11-02',
      ...more,
    });
    return succeeded(answer).balance;
  }

  tryToPay(borrower: BorrowerRef, amount: string, more: object = {}): Promise<ApiAnswer<PaymentResponse>> {
    return this.clerk.post<PaymentResponse>('/ledger/payments', this.payment(borrower, amount, more));
  }

  async pay(borrower: BorrowerRef, amount: string, more: object = {}): Promise<PaymentResponse> {
    return succeeded(await this.tryToPay(borrower, amount, more));
  }

  tryToTarget(
    borrower: BorrowerRef,
    amount: string,
    parts: readonly (readonly [balanceId: string, amount: string])[],
    more: object = {},
  ): Promise<ApiAnswer<PaymentResponse>> {
    return this.clerk.post<PaymentResponse>('/ledger/payments/targeted', {
      ...this.payment(borrower, amount, {}),
      allocations: parts.map(([balance_id, part]) => ({ balance_id, amount: part })),
      ...more,
    });
  }

  async target(...asked: Parameters<LedgerClient['tryToTarget']>): Promise<PaymentResponse> {
    return succeeded(await this.tryToTarget(...asked));
  }

  tryToVoid(
    postingId: string,
    reason = 'Entered by mistake',
    more: object = {},
  ): Promise<ApiAnswer<VoidResponse>> {
    return this.clerk.post<VoidResponse>(`/ledger/postings/${postingId}/void`, { reason, ...more });
  }

  async void(postingId: string, reason?: string): Promise<VoidResponse> {
    return succeeded(await this.tryToVoid(postingId, reason));
  }

  /** Refunds the unallocated credit of the driver. */
  tryToRefund(
    { driver_id }: Pick<BorrowerRef, 'driver_id'>,
    amount: string,
    more: object = {},
  ): Promise<ApiAnswer<RefundResponse>> {
    return this.clerk.post<RefundResponse>('/ledger/refunds', {
      driver_id,
      amount,
      method: 'CHECK',
      reference: nextSource(),
      reason: 'The driver asked for it',
      ...more,
    });
  }

  async refund(...asked: Parameters<LedgerClient['tryToRefund']>): Promise<RefundResponse> {
    return succeeded(await this.tryToRefund(...asked));
  }

  tryToDispute(
    step: 'dispute' | 'resolve',
    balanceId: string,
    reason = 'Says he was not there',
  ): Promise<ApiAnswer<ChangedBalanceResponse>> {
    return this.clerk.post<ChangedBalanceResponse>(`/ledger/balances/${balanceId}/${step}`, { reason });
  }

  async dispute(...asked: Parameters<LedgerClient['tryToDispute']>): Promise<ChangedBalanceResponse> {
    return succeeded(await this.tryToDispute(...asked));
  }

  async balance(balanceId: string, asOf?: string): Promise<BalanceDetailResponse> {
    const query = asOf === undefined ? '' : `?as_of=${encodeURIComponent(asOf)}`;
    return succeeded(await this.clerk.get<BalanceDetailResponse>(`/ledger/balances/${balanceId}${query}`));
  }

  async owed({ driver_id, lease_id }: BorrowerRef): Promise<OpenBalancesResponse> {
    return succeeded(
      await this.clerk.get<OpenBalancesResponse>(`/ledger/balances/driver/${driver_id}/lease/${lease_id}`),
    );
  }

  private get clerk() {
    return this.app.as(this.role);
  }

  private in({ driver_id, lease_id }: BorrowerRef): BorrowerRef {
    return { driver_id, lease_id };
  }

  private payment(borrower: BorrowerRef, amount: string, more: object): object {
    return {
      ...this.in(borrower),
      amount,
      payment_period_start: '2025-11-02',
      source_type: 'WEEKLY_EARNINGS',
      source_id: nextSource(),
      ...more,
    };
  }
}

function succeeded<T>({ status, body }: ApiAnswer<T>): T {
  if (status !== 200 && status !== 201) throw new Error(`the request failed: ${JSON.stringify(body)}`);
  return body;
}
