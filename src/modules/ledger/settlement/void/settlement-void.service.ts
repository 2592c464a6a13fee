import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Changes } from '../../../../platform/changes/changes.js';
import { Transactions } from '../../../../platform/database/transactions.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { IfMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import { requireMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { AccountRepository } from '../../account/account.repository.js';
import { CreditApplicationService } from '../../credits/credit-application.service.js';
import { settlementRunNotFound } from '../../errors.js';
import type { VoidPostingInput } from '../../voids/void.input.js';
import { PostingVoidService } from '../../voids/posting-void.service.js';
import { SETTLEMENT_RUN, SettlementRunQuery } from '../history/settlement-run.query.js';
import type { SettlementRunRef } from '../settlement-run.repository.js';
import { SettlementRunRepository } from '../settlement-run.repository.js';
import type { SettlementRunDetailView } from '../settlement.view.js';
import { SettlementVoidRepository } from './settlement-void.repository.js';

/** So many voids hold the accounts of their drivers for a second or two */
const PAYMENTS_A_CHUNK = 100;

/**
 * Voids a settlement run: each of its payments as PostingVoidService voids one, in chunks of one transaction each. A void
 * that was interrupted or refused is completed by sending it again.
 */
@Injectable()
export class SettlementVoidService {
  private readonly paymentsAChunk: number = PAYMENTS_A_CHUNK;

  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly accounts: AccountRepository,
    private readonly credits: CreditApplicationService,
    private readonly postings: PostingVoidService,
    private readonly runs: SettlementRunRepository,
    private readonly voids: SettlementVoidRepository,
    private readonly query: SettlementRunQuery,
  ) {}

  /**
   * Throws SETTLEMENT_RUN_NOT_FOUND, SETTLEMENT_RUN_NOT_VOIDABLE and the errors of a void. As of a run, the stored answer
   * of a key is the run, because one void is many transactions.
   */
  async void(
    actor: Actor,
    runId: string,
    { reason, dry_run }: VoidPostingInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<SettlementRunDetailView> {
    const begin = (tx: Tx) => this.begin(tx, runId, ifMatch);
    if (dry_run) {
      return this.transactions.dryRun(async (tx) => {
        const { id } = await begin(tx);
        while (await this.voidNext(tx, actor, id, reason));
        return { ...(await this.query.get(runId, tx)), dry_run };
      });
    }
    const { id } = await this.changes.runIdempotent(request, begin);
    while (await this.transactions.run((tx) => this.voidNext(tx, actor, id, reason)));
    return this.query.get(runId);
  }

  private async begin(tx: Tx, runId: string, ifMatch?: IfMatch): Promise<{ id: string }> {
    const run = await this.runs.lockByRunId(tx, runId);
    if (!run) throw settlementRunNotFound(runId);
    if (run.status === 'VOIDED') throw notVoidable(run, 'is voided already');
    requireNotRunning(run);
    const { dry_run: _mark, ...record } = await this.query.get(runId, tx);
    requireMatch(ifMatch, record);
    return { id: run.id };
  }

  /** Voids one chunk of the payments, or completes the void. Returns whether there may be more to do. */
  private async voidNext(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean> {
    const run = await this.runs.lock(tx, id);
    if (run.status === 'VOIDED') return false;
    requireNotRunning(run);
    const payments = await this.voids.findNextPayments(tx, id, this.paymentsAChunk);
    if (payments.length === 0) {
      await this.finish(tx, actor, run, reason);
      return false;
    }
    const drivers = [...new Set(payments.map(({ driverId }) => driverId))];
    await this.accounts.lockAll(tx, drivers);
    for (const { postingId } of payments) await this.postings.reverse(tx, actor, postingId, reason);
    await this.credits.apply(tx, drivers);
    return true;
  }

  private async finish(tx: Tx, actor: Actor, { id, runId }: SettlementRunRef, reason: string): Promise<void> {
    const { dry_run: _before, ...before } = await this.query.get(runId, tx);
    await this.voids.finish(tx, id, actor.userId, this.clock.now(), reason);
    const { dry_run: _after, ...after } = await this.query.get(runId, tx);
    await this.changes.record(tx, actor, [
      { action: 'ledger.void-settlement', record: SETTLEMENT_RUN, id: runId, before, after },
    ]);
  }
}

function requireNotRunning(run: SettlementRunRef): void {
  if (run.status === 'RUNNING') throw notVoidable(run, 'is still running');
}

function notVoidable({ runId }: SettlementRunRef, why: string): DomainError {
  return new DomainError('SETTLEMENT_RUN_NOT_VOIDABLE', `${runId} ${why}.`);
}
