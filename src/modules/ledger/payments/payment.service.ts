import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Money } from '../../../kernel/money/money.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { sourceTypeReserved } from '../errors.js';
import { ledgerWeek } from '../postings/ledger-week.js';
import { checkPayment } from '../postings/plausible-entry.js';
import type { BalancePart } from './targeted-allocations.js';
import { allocationReason } from '../account/allocation-reason.js';
import { receiptOf } from './receipt.js';

import { EntryLimitsService } from '../postings/entry-limits.service.js';
import { SettlementService } from './settlement.service.js';
import { POSTING } from '../postings/posting.query.js';
import type { Payment } from './payment.repository.js';
import type { PayByHierarchyInput, PayTargetedInput } from './payment.input.js';
import type { PaymentView } from './payment.view.js';

/**
 * Records a driver's payment as one CREDIT and allocates it: by hierarchy, or to the balances that the cashier names. The
 * records behind the balances (loans) are updated in the same transaction.
 */
@Injectable()
export class PaymentService {
  constructor(
    private readonly changes: Changes,
    private readonly settlement: SettlementService,
    private readonly limits: EntryLimitsService,
    private readonly observers: BalanceObserverRegistry,
  ) {}

  payByHierarchy(
    actor: Actor,
    input: PayByHierarchyInput,
    request?: IdempotentRequest,
  ): Promise<PaymentView> {
    return this.pay(actor, input, 'Payment by hierarchy', [], request);
  }

  payTargeted(actor: Actor, input: PayTargetedInput, request?: IdempotentRequest): Promise<PaymentView> {
    const parts = input.allocations.map(({ balance_id, amount }) => ({ balanceId: balance_id, amount }));
    return this.pay(actor, input, 'Targeted payment', parts, request);
  }

  private async pay(
    actor: Actor,
    input: PayByHierarchyInput,
    description: string,
    parts: readonly BalancePart[],
    request?: IdempotentRequest,
  ): Promise<PaymentView> {
    if (this.observers.isReserved(input.source_type))
      throw sourceTypeReserved('source_type', input.source_type);
    const limits = this.limits.now();
    const payment: Omit<Payment, 'leaseId'> = {
      driverId: input.driver_id,
      paysAllLeases: input.lease_id === undefined,
      amount: input.amount,
      week: ledgerWeek(input.payment_period_start),
      sourceType: input.source_type,
      sourceId: input.source_id,
      description,
      receipt: receiptOf(input, limits.today),
    };
    checkPayment(payment, limits);
    return this.changes.run(actor, {
      action: 'ledger.payment',
      record: POSTING,
      request,
      dryRun: input.dry_run,
      work: async (tx) => {
        const leaseId = input.lease_id ?? (await this.settlement.latestLease(tx, input.driver_id));
        const answer = await this.recordPayment(tx, actor, { ...payment, leaseId }, parts);
        return { id: answer.posting.posting_id, answer };
      },
    });
  }

  private async recordPayment(
    tx: Tx,
    actor: Actor,
    payment: Payment,
    parts: readonly BalancePart[],
  ): Promise<Omit<PaymentView, 'dry_run'>> {
    const { posting, allocations, creditUsed, unallocated } = await this.settlement.recordPayment(
      tx,
      actor,
      payment,
      parts,
    );
    const explained = { postingId: posting.posting_id, isTargeted: parts.length > 0 };
    return {
      posting,
      total_payment: payment.amount.toString(),
      total_allocated: Money.sum(allocations.map(({ amount }) => amount)).toString(),
      credit_used: creditUsed.toString(),
      remaining_unallocated: unallocated.toString(),
      allocations: allocations.map(({ balance, ...allocation }) => ({
        allocation_id: allocation.allocationId,
        payment_posting_id: allocation.paymentPostingId,
        balance_id: balance.balanceId,
        category: balance.category,
        reference_id: balance.referenceId,
        due_date: balance.dueDate,
        amount_allocated: allocation.amount.toString(),
        outstanding_after: allocation.outstandingAfter.toString(),
        allocation_type: allocation.type,
        allocation_reason: allocationReason(allocation, explained),
      })),
    };
  }
}
