import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { requirePermissions } from '../../../kernel/access/required-permissions.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { CreditApplicationService } from '../credits/credit-application.service.js';
import { checkBalanceVoidable, checkPostingVoidable } from './void-rules.js';

import { SettlementService } from '../payments/settlement.service.js';
import { PostingQuery } from '../postings/posting.query.js';
import { PostingVoidRepository } from './posting-void.repository.js';
import type { VoidPostingInput } from './void.input.js';
import type { PostingView } from '../postings/posting.view.js';
import type { VoidView, VoidedPartView } from './void.view.js';

/**
 * Puts a mistake right without deleting anything: a reversal of the opposite type, linked both ways. Allocations stand
 * while their CREDIT does, so voiding a payment takes them back; an obligation is voided only while nothing is paid on
 * it. What stands behind the balances (loans) follows in the same transaction, and other credits of the driver pay what a
 * void reopened.
 */
@Injectable()
export class PostingVoidService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly postings: PostingQuery,
    private readonly settlement: SettlementService,
    private readonly voids: PostingVoidRepository,
    private readonly observers: BalanceObserverRegistry,
    private readonly credits: CreditApplicationService,
    private readonly audit: AuditLog,
  ) {}

  void(
    actor: Actor,
    postingId: string,
    dto: VoidPostingInput,
    request?: IdempotentRequest,
  ): Promise<VoidView> {
    return this.transactions.runOnceOrDryRun({ dryRun: dto.dry_run, request }, async (tx) => {
      const reversed = await this.reverse(tx, actor, postingId, dto.reason);
      const credits = await this.credits.apply(tx, [reversed.posting.driver_id]);
      return {
        ...reversed,
        credit_used: credits.amount.toString(),
        allocations: [...credits.allocations],
      };
    });
  }

  /**
   * The void as part of another change, in its transaction. The driver's credits do not pay what it reopens: the caller
   * applies them at its end. Throws POSTING_NOT_FOUND and what refuses a void.
   */
  async reverse(
    tx: Tx,
    actor: Actor,
    postingId: string,
    reason: string,
  ): Promise<Omit<VoidView, 'dry_run' | 'credit_used' | 'allocations'>> {
    const before = await this.getPosting(tx, postingId);
    await this.settlement.lockAccount(tx, before.driver_id, before.lease_id);
    const locked = await this.voids.lock(tx, postingId);
    checkPostingVoidable(locked);
    requirePermissions(actor, this.observers.permissionsToVoid(locked));
    // after the locks, so that what happens to one account happens in the order of its times
    const now = this.clock.now();
    const voided = locked.kind === 'CHARGE' ? await this.voidDebt(tx, postingId, now) : [];
    const reopened =
      locked.postingType === 'CREDIT' ? await this.voids.reversePosting(tx, postingId, now) : [];
    const recording = [yearOf(this.clock.today()), now, actor.userId] as const;
    const reversalId = await this.voids.reverse(tx, recording, postingId, reason);
    // last, so that who follows finds the CREDIT voided: a write-off is asked whether it still stands
    const changes = reopened.map(({ change }) => change);
    await this.observers.notify(tx, changes);
    const posting = await this.getPosting(tx, postingId);
    await this.audit.record(tx, actor, {
      action: 'ledger.void',
      recordType: 'ledger_posting',
      recordId: postingId,
      before,
      after: posting,
    });
    const reversal = await this.getPosting(tx, reversalId);
    const balances = [...voided, ...reopened.map(({ part }) => part)];
    return {
      posting,
      reversal,
      balances,
      credit_taken_back: creditOf(posting, balances),
    };
  }

  private async voidDebt(tx: Tx, postingId: string, at: Date): Promise<VoidedPartView[]> {
    const debt = await this.voids.lockDebt(tx, postingId);
    checkBalanceVoidable(debt);
    const voided = await this.voids.voidDebt(tx, debt.balanceId, at);
    await this.observers.notifyVoided(tx, [debt]);
    return voided;
  }

  private async getPosting(tx: Tx, postingId: string) {
    const posting = await this.postings.find(postingId, tx);
    if (!posting) throw new DomainError('POSTING_NOT_FOUND', `There is no posting ${postingId}.`);
    return posting;
  }
}

/** What of a payment had paid nothing yet. */
function creditOf(posting: PostingView, paid: readonly VoidedPartView[]): string {
  if (posting.posting_type === 'DEBIT') return Money.ZERO.toString();
  return Money.of(posting.amount)
    .minus(Money.sum(paid.map(({ amount }) => Money.of(amount))))
    .toString();
}
