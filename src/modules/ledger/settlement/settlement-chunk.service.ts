import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { Changes } from '../../../platform/changes/changes.js';
import { prepareBulkWork } from '../../../platform/database/transactions.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { AccountRepository } from '../account/account.repository.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { CreditApplicationService } from '../credits/credit-application.service.js';
import { POSTING, PostingQuery } from '../postings/posting.query.js';
import type { ExplainedAllocationView } from '../payments/payment.view.js';
import { SettlementChunkRepository } from './settlement-chunk.repository.js';
import type { ChunkAllocation } from './settlement-chunk.repository.js';
import type { SettlementRunRef } from './settlement-run.repository.js';

/** The source type of all earnings, whether a run or a single payment settles them. */
const EARNINGS_SOURCE = 'WEEKLY_EARNINGS';

/**
 * Settles many lines of a run in one transaction, in sets. The result is that of the same payments made one by one in the
 * order of the lines (PaymentService), to the allocation: settlement.property.int-spec.ts compares the two.
 */
@Injectable()
export class SettlementChunkService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly accounts: AccountRepository,
    private readonly chunks: SettlementChunkRepository,
    private readonly credits: CreditApplicationService,
    private readonly observers: BalanceObserverRegistry,
    private readonly postings: PostingQuery,
  ) {}

  /** Settles the lines of the next drivers, about `size` lines. Returns false if none was left. Lock the run first. */
  async settleNext(tx: Tx, actor: Actor, run: SettlementRunRef, size: number): Promise<boolean> {
    await prepareBulkWork(tx);
    const { driverIds, rounds } = await this.chunks.take(tx, run.id, size);
    if (driverIds.length === 0) return false;
    await this.accounts.lockAll(tx, driverIds);
    await this.chunks.rejectSettled(tx, run.id);
    await this.credits.apply(tx, driverIds);
    for (let round = 1; round <= rounds; round += 1) await this.pay(tx, actor, run, round);
    await this.chunks.finish(tx, run.id);
    return true;
  }

  private async pay(tx: Tx, actor: Actor, run: SettlementRunRef, round: number): Promise<void> {
    // after the locks, so that the times of one account are in the order of its changes
    const today = this.clock.today();
    const recording = [yearOf(today), this.clock.now(), actor.userId] as const;
    const allocations = await this.chunks.pay(tx, recording, {
      run,
      round,
      sourceType: EARNINGS_SOURCE,
      receivedOn: today,
    });
    await this.observers.notify(tx, changesOf(allocations));
    await this.record(tx, actor, allocations);
  }

  /** Records each payment as a payment by hierarchy is recorded: with its posting and its allocations. */
  private async record(tx: Tx, actor: Actor, made: readonly ChunkAllocation[]): Promise<void> {
    const allocationsOf = new Map<string, ExplainedAllocationView[]>();
    for (const { reference_type: _type, payment_applied: _applied, ...allocation } of made) {
      const id = allocation.payment_posting_id;
      const explained = { ...allocation, allocation_reason: 'HIERARCHY' as const };
      allocationsOf.set(id, [...(allocationsOf.get(id) ?? []), explained]);
    }
    const postings = await this.postings.findAll(tx, [...allocationsOf.keys()]);
    const viewOf = new Map(postings.map((posting) => [posting.posting_id, posting]));
    const changes = [...allocationsOf].map(([id, allocations]) => {
      const posting = viewOf.get(id);
      if (!posting) throw new Error(`posting ${id} was not written`);
      const after = {
        posting,
        total_payment: posting.amount,
        total_allocated: posting.amount,
        credit_used: Money.ZERO,
        remaining_unallocated: Money.ZERO,
        allocations,
      };
      return { action: 'ledger.payment' as const, record: POSTING, id, after };
    });
    await this.changes.record(tx, actor, changes);
  }
}

/** Each balance once, with the total paid on it after its last allocation. */
function changesOf(allocations: readonly ChunkAllocation[]) {
  const last = new Map(allocations.map((allocation) => [allocation.balance_id, allocation]));
  return [...last.values()].map((allocation) => ({
    referenceType: allocation.reference_type,
    referenceId: allocation.reference_id,
    paymentApplied: Money.of(allocation.payment_applied),
  }));
}
