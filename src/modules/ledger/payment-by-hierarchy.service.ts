import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { yearOf } from '../../kernel/calendar/calendar-date.js';
import { Clock } from '../../kernel/clock/clock.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { brokenConstraintOf, Transactions, Tx } from '../../platform/database/transactions.js';
import { BalanceObservers } from './balance-observers.js';
import { leaseOfOtherDriver, sourceAlreadyPosted, sourceTypeReserved } from './domain/ledger-refusals.js';
import { ledgerWeek } from './domain/ledger-week.js';
import { allocateByHierarchy } from './domain/payment-allocation.js';
import type { PayByHierarchyDto } from './http/dto/pay-by-hierarchy.dto.js';
import type { PaymentResponse } from './http/payment.response.js';
import { PostingQuery } from './queries/posting.query.js';
import { Payment, PaymentRepository } from './repositories/payment.repository.js';

/**
 * Takes a driver's weekly earnings as one CREDIT and pays the debts of the lease down in the fixed order of the
 * categories. The records behind the balances (loans) follow in the same transaction.
 */
@Injectable()
export class PaymentByHierarchyService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly payments: PaymentRepository,
    private readonly postings: PostingQuery,
    private readonly observers: BalanceObservers,
  ) {}

  async pay(actor: Actor, dto: PayByHierarchyDto): Promise<PaymentResponse> {
    if (!dto.amount.isPositive()) {
      throw new DomainError('VALIDATION_FAILED', 'A payment is above 0.00.', [
        { field: 'amount', message: 'amount must be above 0.00' },
      ]);
    }
    if (this.observers.own(dto.source_type)) throw sourceTypeReserved('source_type', dto.source_type);
    const payment: Payment = {
      driverId: dto.driver_id,
      leaseId: dto.lease_id,
      amount: dto.amount,
      week: ledgerWeek(dto.payment_period_start),
      sourceType: dto.source_type,
      sourceId: dto.source_id,
    };
    const unit = (tx: Tx) => this.allocate(tx, actor, payment);
    try {
      return dto.dry_run ? await this.transactions.rehearse(unit) : await this.transactions.run(unit);
    } catch (error) {
      if (brokenConstraintOf(error) === 'uq_ledger_postings_standing_source') {
        throw sourceAlreadyPosted(dto.source_type, dto.source_id);
      }
      throw error;
    }
  }

  private async allocate(tx: Tx, actor: Actor, payment: Payment): Promise<PaymentResponse> {
    const { driverId, leaseId, amount } = payment;
    const year = yearOf(this.clock.today());
    const now = this.clock.now();
    if (!(await this.payments.lockLease(tx, driverId, leaseId))) throw leaseOfOtherDriver(driverId, leaseId);
    const open = await this.payments.lockOpenBalances(tx, driverId, leaseId);
    const { allocations, unallocated } = allocateByHierarchy(amount, open);
    const postingId = await this.payments.insertCredit(tx, [year, now, actor.userId], payment);
    const ids = await this.payments.allocate(tx, [year, now], postingId, allocations);
    await this.observers.notify(
      tx,
      allocations.map(({ balance, amount: paid }) => ({
        referenceType: balance.referenceType,
        referenceId: balance.referenceId,
        paymentApplied: balance.paymentApplied.plus(paid),
      })),
    );
    const posting = await this.postings.find(postingId, tx);
    if (!posting) throw new Error(`posting ${postingId} was not written`);
    return {
      posting,
      total_payment: amount.toString(),
      total_allocated: amount.minus(unallocated).toString(),
      remaining_unallocated: unallocated.toString(),
      allocations: allocations.map(({ balance, amount: paid, outstandingAfter }, index) => ({
        allocation_id: ids[index] ?? '',
        balance_id: balance.balanceId,
        category: balance.category,
        reference_id: balance.referenceId,
        due_date: balance.dueDate,
        amount_allocated: paid.toString(),
        outstanding_after: outstandingAfter.toString(),
      })),
    };
  }
}
