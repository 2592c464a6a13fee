import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { requirePermissions } from '../../../kernel/access/required-permissions.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { CreditApplicationService } from '../credits/credit-application.service.js';
import { checkBalanceVoidable, checkPostingVoidable } from './void-rules.js';

import { SettlementService } from '../payments/settlement.service.js';
import { POSTING, PostingQuery } from '../postings/posting.query.js';
import { PostingVoidRepository } from './posting-void.repository.js';
import type { VoidPostingInput } from './void.input.js';
import type { PostingView } from '../postings/posting.view.js';
import type { VoidView, VoidedPartView } from './void.view.js';

/** A void as its answer shows it, and the posting before it. */
interface Reversal extends Omit<VoidView, 'dry_run' | 'credit_used' | 'allocations'> {
  readonly before: PostingView;
}

/**
 * Voids a posting without deleting anything: it writes a reversal of the opposite type, linked both ways. The void of a
 * payment also reverses its allocations. An obligation is voided only while nothing is paid on it. The records behind the
 * balances (loans) are updated in the same transaction, and other credits of the driver pay what the void reopened.
 */
@Injectable()
export class PostingVoidService {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly postings: PostingQuery,
    private readonly settlement: SettlementService,
    private readonly voids: PostingVoidRepository,
    private readonly observers: BalanceObserverRegistry,
    private readonly credits: CreditApplicationService,
  ) {}

  void(
    actor: Actor,
    postingId: string,
    dto: VoidPostingInput,
    request?: IdempotentRequest,
  ): Promise<VoidView> {
    return this.changes.run(actor, {
      action: 'ledger.void',
      record: POSTING,
      request,
      dryRun: dto.dry_run,
      work: async (tx) => {
        const { before, ...reversed } = await this.writeReversal(tx, actor, postingId, dto.reason);
        const credits = await this.credits.apply(tx, [reversed.posting.driver_id]);
        return {
          id: postingId,
          before,
          after: reversed.posting,
          answer: {
            ...reversed,
            credit_used: credits.amount.toString(),
            allocations: [...credits.allocations],
          },
        };
      },
    });
  }

  /**
   * Voids the posting as part of a larger change, in its transaction. It applies no credits to what it reopens: the caller
   * does that at its end. Throws POSTING_NOT_FOUND and the errors of a void.
   */
  async reverse(tx: Tx, actor: Actor, postingId: string, reason: string): Promise<void> {
    const { before, posting } = await this.writeReversal(tx, actor, postingId, reason);
    await this.changes.record(tx, actor, [
      { action: 'ledger.void', record: POSTING, id: postingId, before, after: posting },
    ]);
  }

  private async writeReversal(tx: Tx, actor: Actor, postingId: string, reason: string): Promise<Reversal> {
    const before = await this.getPosting(tx, postingId);
    await this.settlement.lockAccount(tx, before.driver_id, before.lease_id);
    const locked = await this.voids.lock(tx, postingId);
    checkPostingVoidable(locked);
    requirePermissions(actor, this.observers.permissionsToVoid(locked));
    // after the locks, so that the times of an account's changes are in their order
    const now = this.clock.now();
    const voided = locked.kind === 'CHARGE' ? await this.voidDebt(tx, postingId, now) : [];
    const reopened =
      locked.postingType === 'CREDIT' ? await this.voids.reversePosting(tx, postingId, now) : [];
    const recording = [yearOf(this.clock.today()), now, actor.userId] as const;
    const reversalId = await this.voids.reverse(tx, recording, postingId, reason);
    // last, because an observer must find the CREDIT voided: it asks whether a write-off is still active
    const changes = reopened.map(({ change }) => change);
    await this.observers.notify(tx, changes);
    const posting = await this.getPosting(tx, postingId);
    const reversal = await this.getPosting(tx, reversalId);
    const balances = [...voided, ...reopened.map(({ part }) => part)];
    return {
      before,
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

/** The part of a payment that was still a credit. */
function creditOf(posting: PostingView, paid: readonly VoidedPartView[]): string {
  if (posting.posting_type === 'DEBIT') return Money.ZERO.toString();
  return Money.of(posting.amount)
    .minus(Money.sum(paid.map(({ amount }) => Money.of(amount))))
    .toString();
}
