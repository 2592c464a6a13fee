import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { requirePermissions } from '../../../kernel/access/required-permissions.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { postingNotFound } from '../errors.js';
import { Money } from '../../../kernel/money/money.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { RecordSource } from '../../../platform/changes/recorded-change.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { CreditApplicationService } from '../credits/credit-application.service.js';
import { checkBalanceVoidable, checkPostingVoidable } from './void-rules.js';

import { SettlementService } from '../payments/settlement.service.js';
import { LedgerQueryService } from '../balances/ledger-query.service.js';
import type { LedgerPosting } from '../postings/ledger-posting.entity.js';
import { POSTING, PostingQuery } from '../postings/posting.query.js';
import type { LockedPosting } from './posting-void.repository.js';
import { PostingVoidRepository } from './posting-void.repository.js';
import type { VoidPostingInput } from './void.input.js';
import type { PostingDetailView, PostingView } from '../postings/posting.view.js';
import type { VoidView, VoidedPartView } from './void.view.js';

/** What the void of a posting wrote. */
interface Reversal {
  readonly reversal: PostingView;
  readonly balances: VoidedPartView[];
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
    private readonly queries: LedgerQueryService,
    private readonly settlement: SettlementService,
    private readonly voids: PostingVoidRepository,
    private readonly observers: BalanceObserverRegistry,
    private readonly credits: CreditApplicationService,
  ) {}

  void(
    actor: Actor,
    postingId: string,
    input: VoidPostingInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<VoidView> {
    return this.changes.update(actor, {
      action: 'ledger.void',
      record: this.record,
      id: postingId,
      ifMatch,
      request,
      dryRun: input.dry_run,
      lock: (tx) => this.lock(tx, postingId),
      work: async (tx, locked) => {
        const { reversal, balances } = await this.writeReversal(tx, actor, locked, input.reason);
        const credits = await this.credits.apply(tx, [locked.driverId]);
        return { reversal, balances, credits };
      },
      answer: (posting, { reversal, balances, credits }) => ({
        posting,
        reversal,
        balances,
        credit_reversed: creditOf(posting, balances),
        credit_used: credits.amount.toString(),
        allocations: [...credits.allocations],
      }),
    });
  }

  /**
   * Voids the posting as part of a larger change, in its transaction. It applies no credits to what it reopens: the caller
   * does that at its end. Throws POSTING_NOT_FOUND and the errors of a void.
   */
  async reverse(tx: Tx, actor: Actor, postingId: string, reason: string): Promise<void> {
    const locked = await this.lock(tx, postingId);
    const before = await this.record.get(postingId, tx);
    await this.writeReversal(tx, actor, locked, reason);
    const after = await this.record.get(postingId, tx);
    await this.changes.record(tx, actor, [
      { action: 'ledger.void', record: this.record, id: postingId, before, after },
    ]);
  }

  private get record(): RecordSource<string, PostingDetailView> {
    return { ...POSTING, get: (id, tx) => this.queries.getPosting(id, tx) };
  }

  private async lock(tx: Tx, postingId: string): Promise<LockedPosting> {
    const posting = await this.postings.find(postingId, tx);
    if (!posting) throw postingNotFound(postingId);
    await this.settlement.lockAccount(tx, posting.driver_id, posting.lease_id);
    return this.voids.lock(tx, postingId);
  }

  private async writeReversal(
    tx: Tx,
    actor: Actor,
    locked: LockedPosting,
    reason: string,
  ): Promise<Reversal> {
    const { postingId } = locked;
    checkPostingVoidable(locked);
    requirePermissions(actor, this.observers.permissionsToVoid(locked));
    // after the locks, so that the times of an account's changes are in their order
    const now = this.clock.now();
    const voided = locked.kind === 'CHARGE' ? [await this.voidObligation(tx, locked, now)] : [];
    const reopened =
      locked.postingType === 'CREDIT' ? await this.voids.reverseAllocations(tx, postingId, now) : [];
    const recording = [yearOf(this.clock.today()), now, actor.userId] as const;
    const reversalId = await this.voids.insertReversal(tx, recording, postingId, reason);
    // last, because an observer must find the CREDIT voided: it asks whether a write-off is still active
    const changes = reopened.map(({ change }) => change);
    await this.observers.notify(tx, changes);
    const reversal = await this.postings.find(reversalId, tx);
    if (!reversal) throw new Error(`posting ${reversalId} was not written`);
    return { reversal, balances: [...voided, ...reopened.map(({ part }) => part)] };
  }

  private async voidObligation(tx: Tx, posting: LedgerPosting, at: Date): Promise<VoidedPartView> {
    const balance = await this.voids.lockBalance(tx, posting);
    checkBalanceVoidable(balance);
    const voided = await this.voids.voidBalance(tx, balance, at);
    await this.observers.notifyVoided(tx, balance);
    return voided;
  }
}

/** The part of a payment that was still a credit. */
function creditOf(posting: PostingView, paid: readonly VoidedPartView[]): string {
  if (posting.posting_type === 'DEBIT') return Money.ZERO.toString();
  return Money.of(posting.amount)
    .minus(Money.sum(paid.map(({ amount }) => Money.of(amount))))
    .toString();
}
