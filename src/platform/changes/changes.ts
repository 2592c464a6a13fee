import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AuditLog } from '../audit/audit-log.js';
import { changesNothing } from '../audit/changed-fields.js';
import { Transactions, Tx } from '../database/transactions.js';
import { requireMatch } from '../http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../idempotency/idempotent-request.js';
import { Outbox } from '../outbox/outbox.js';
import type { Change, ChangeOptions, Creation, DryRun, DryRunMark, Update } from './change.js';
import type { RecordedChange, RecordId } from './recorded-change.js';

/** What was done in a transaction: the answer, and the changes to record. */
interface Work<Answer extends object> {
  readonly answer: Answer;
  readonly changes: readonly RecordedChange[];
}

/**
 * The one way to change something (docs/architecture.md): opens the transaction, locks, compares If-Match, does the work
 * once per Idempotency-Key, and writes the audit entry and the outbox event in the same transaction. A dry run does all
 * of it and rolls it back.
 */
@Injectable()
export class Changes {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly auditLog: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /** Creates a record. Returns its view. */
  create<Id extends RecordId, View extends object, D extends DryRun = undefined>(
    actor: Actor,
    creation: Creation<Id, View, D>,
  ): Promise<View & DryRunMark<D>> {
    const { record, work } = creation;
    return this.run(actor, {
      ...creation,
      work: async (tx) => {
        const id = await work(tx);
        return { id, answer: await record.get(id, tx) };
      },
    });
  }

  /** Changes an existing record. Throws STALE_RECORD if the record does not match `ifMatch`. */
  update<
    Id extends RecordId,
    View extends object,
    Locked,
    Result,
    Answer extends object = View,
    D extends DryRun = undefined,
  >(actor: Actor, update: Update<Id, View, Locked, Result, Answer, D>): Promise<Answer & DryRunMark<D>> {
    const { action, record, id, details, committed } = update;
    const answerOf = (view: View, result: Result): Answer =>
      update.answer ? update.answer(view, result) : (view as object as Answer);
    let report: (() => void) | undefined;
    const work = async (tx: Tx): Promise<Work<Answer>> => {
      report = undefined;
      const locked = await update.lock(tx);
      const before = await record.get(id, tx);
      requireMatch(update.ifMatch, before, record.transientFields);
      if (update.fields && changesNothing(before, update.fields)) {
        return { answer: before as object as Answer, changes: [] };
      }
      const result = await update.work(tx, locked, before);
      const after = await record.get(id, tx);
      const answer = answerOf(after, result);
      report = () => committed?.(answer, result);
      return { answer, changes: [{ action, record, id, before, after: { ...after, ...details } }] };
    };
    return this.execute(actor, update, work, () => report?.());
  }

  /** Runs a change that creates or changes more than one record, such as a payment. */
  run<Answer extends object, D extends DryRun = undefined>(
    actor: Actor,
    change: Change<Answer, D>,
  ): Promise<Answer & DryRunMark<D>> {
    const { action, record, work, committed } = change;
    const recorded = async (tx: Tx): Promise<Work<Answer>> => {
      const { id, before, answer, after = answer } = await work(tx);
      return { answer, changes: [{ action, record, id, before, after }] };
    };
    return this.execute(actor, change, recorded, (answer) => committed?.(answer));
  }

  /** Records changes in the transaction of a larger one, in their order. */
  async record(tx: Tx, actor: Actor, changes: readonly RecordedChange[]): Promise<void> {
    if (changes.length === 0) return;
    const at = this.clock.now();
    await Promise.all([this.auditLog.add(tx, actor, at, changes), this.outbox.add(tx, actor, at, changes)]);
  }

  /**
   * Does the work once per Idempotency-Key. The answer is stored in the transaction of the work, so that both are committed
   * or neither. The same request again gets the stored answer. If the work throws, nothing is stored and the key can be
   * used again.
   */
  async runIdempotent<Answer extends object>(
    request: IdempotentRequest | undefined,
    work: (tx: Tx) => Promise<Answer>,
  ): Promise<Answer> {
    return this.runOnce(request, async (tx) => ({ answer: await work(tx), record: () => Promise.resolve() }));
  }

  /** As `runIdempotent`. The changes are recorded, and the answer is stored, in one round trip. */
  private async runOnce<Answer extends object>(
    request: IdempotentRequest | undefined,
    work: (tx: Tx) => Promise<{ answer: Answer; record: () => Promise<void> }>,
  ): Promise<Answer> {
    const { answer, isReplay } = await this.transactions.run(async (tx) => {
      const stored = await request?.findStoredResponse<Answer>(tx);
      if (stored) return { answer: stored, isReplay: true };
      const { answer: first, record } = await work(tx);
      await Promise.all([record(), request?.storeResponse(tx, first)]);
      return { answer: first, isReplay: false };
    });
    if (isReplay) request?.markReplayed();
    return answer;
  }

  private async execute<Answer extends object, D extends DryRun>(
    actor: Actor,
    options: ChangeOptions<D>,
    work: (tx: Tx) => Promise<Work<Answer>>,
    committed: (answer: Answer) => void,
  ): Promise<Answer & DryRunMark<D>> {
    const { dryRun = false, request } = options;
    // a request that leaves dry_run out is marked too
    const mark = 'dryRun' in options ? { dry_run: dryRun } : {};
    const marked = async (tx: Tx) => {
      const { answer, changes } = await work(tx);
      const record = () => this.record(tx, actor, changes);
      return { answer: { ...mark, ...answer } as Answer & DryRunMark<D>, record };
    };
    if (dryRun) {
      // a dry run ignores the key, because it does nothing that could be done twice
      return this.transactions.dryRun(async (tx) => {
        const { answer, record } = await marked(tx);
        await record();
        return answer;
      });
    }
    const answer = await this.runOnce(request, marked);
    if (!request?.isReplay) committed(answer);
    return answer;
  }
}
