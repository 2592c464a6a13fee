import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions, violatedConstraint } from '../../../platform/database/transactions.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { WorkLocks } from '../../../platform/database/work-locks.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { ledgerWeek } from '../postings/ledger-week.js';
import { checkWeek } from '../postings/plausible-entry.js';
import { EntryLimitsService } from '../postings/entry-limits.service.js';
import { SETTLEMENT_RUN, SettlementRunQuery } from './history/settlement-run.query.js';
import type { SettlementLine } from './settlement-lines.js';
import { settlementLines, takeHomeOf } from './settlement-lines.js';
import { SettlementChunkService } from './settlement-chunk.service.js';
import { MAX_ANSWERED_LINES } from './settlement.input.js';
import type { SettlementInput } from './settlement.input.js';
import { SETTLEMENT_RUN_LOCK, SettlementRunRepository } from './settlement-run.repository.js';
import type { SettlementResultView } from './settlement.view.js';

/** So many lines hold the locks of their drivers for about a second */
const LINES_A_CHUNK = 1000;
const MAX_ATTEMPTS = 10;
const FAILURE =
  'The run stopped before its end. What it settled is valid. Send the same lines again for the rest.';

interface Settlement {
  readonly week: PaymentWeek;
  readonly lines: readonly SettlementLine[];
}

/**
 * Runs settlements: the lines are stored first, in one transaction, and settled in chunks after it. A run that was
 * interrupted continues with the lines that are left, because the chunk settles a line and says so in one transaction.
 */
@Injectable()
export class SettlementRunService {
  private readonly linesAChunk: number = LINES_A_CHUNK;

  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly limits: EntryLimitsService,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly locks: WorkLocks,
    private readonly runs: SettlementRunRepository,
    private readonly chunks: SettlementChunkService,
    private readonly query: SettlementRunQuery,
  ) {}

  /**
   * Settles the lines. The same lines for the same week are the same run: it is continued if it is not complete, and
   * answered as it is otherwise. A dry run ignores the key of the request. The stored answer of a key is the run, because
   * one run is many transactions. Throws PERIOD_NOT_A_PAYMENT_WEEK, PAYMENT_WEEK_OUT_OF_RANGE and VALIDATION_FAILED.
   */
  async run(
    actor: Actor,
    input: SettlementInput,
    request?: IdempotentRequest,
  ): Promise<SettlementResultView> {
    const week = ledgerWeek(input.payment_period_start);
    const limits = this.limits.now();
    checkWeek(week, limits, 0);
    const takeHome = takeHomeOf(input.min_take_home ?? this.config.SETTLEMENT_MIN_TAKE_HOME);
    const settlement = { week, lines: settlementLines(input.lines, takeHome, limits) };
    if (input.dry_run) {
      const preview = (tx: Tx) => this.preview(tx, actor, settlement);
      return repeatIfSettledMeanwhile(() => this.transactions.dryRun(preview));
    }
    return this.locks.during(async (mark) => {
      const { id } = await this.changes.runIdempotent(request, async (tx) => {
        const stored = await this.store(tx, actor, settlement);
        // before other processes see it: a run without a mark counts as interrupted
        await mark(SETTLEMENT_RUN_LOCK, Number.parseInt(stored, 10));
        return { id: stored };
      });
      await this.settle(actor, id);
      return this.transactions.run((tx) => this.resultOf(tx, id, 'REJECTED'));
    });
  }

  /**
   * Settles what is left of the runs whose process was stopped, in the name of the users who started them. Safe to run on any
   * number of processes. Stops after a chunk if `stop` is signalled.
   */
  async continueInterrupted(stop: AbortSignal): Promise<void> {
    const interrupted = await this.transactions.run((tx) => this.runs.findInterrupted(tx));
    for (const { id, startedBy } of interrupted) {
      await this.locks.during(async (mark) => {
        await mark(SETTLEMENT_RUN_LOCK, Number.parseInt(id, 10));
        await this.settle({ ...SYSTEM_ACTOR, userId: startedBy }, id, stop);
      });
    }
  }

  /** Stores the run with its lines and returns its id: that of the present run if there is one with the same lines. */
  private async store(tx: Tx, actor: Actor, { week, lines }: Settlement): Promise<string> {
    const contentHash = createHash('sha256')
      .update(JSON.stringify([week.start, lines]))
      .digest();
    const run = await this.runs.insert(tx, {
      year: yearOf(this.clock.today()),
      weekStart: week.start,
      contentHash,
      linesTotal: lines.length,
      startedBy: actor.userId,
      startedAt: this.clock.now(),
    });
    if (!run) return this.runs.getIdByContent(tx, contentHash);
    await this.runs.insertLines(tx, run.id, lines);
    const after = { run_id: run.runId, payment_period_start: week.start, lines_total: lines.length };
    await this.changes.record(tx, actor, [
      { action: 'ledger.settle', record: SETTLEMENT_RUN, id: run.runId, after },
    ]);
    return run.id;
  }

  /** Settles the lines that are left, together with any other process that does. */
  private async settle(actor: Actor, id: string, stop?: AbortSignal): Promise<void> {
    await this.transactions.run((tx) => this.runs.reopen(tx, id));
    const settleNext = () => this.transactions.run((tx) => this.settleChunk(tx, actor, id));
    try {
      while (!stop?.aborted && (await repeatIfSettledMeanwhile(settleNext)));
    } catch (error) {
      // if this fails too, as without a database, the run stays RUNNING
      await this.transactions.run((tx) => this.runs.fail(tx, id, FAILURE)).catch(() => undefined);
      throw error;
    }
  }

  private async preview(tx: Tx, actor: Actor, settlement: Settlement): Promise<SettlementResultView> {
    const id = await this.store(tx, actor, settlement);
    while (await this.settleChunk(tx, actor, id));
    return { ...(await this.resultOf(tx, id)), dry_run: true };
  }

  /** Settles one chunk of the run, or completes the run if no line is left. Returns whether there may be more to do. */
  private async settleChunk(tx: Tx, actor: Actor, id: string): Promise<boolean> {
    const run = await this.runs.lock(tx, id);
    if (run.status !== 'RUNNING') return false;
    const hasSettled = await this.chunks.settleNext(tx, actor, run, this.linesAChunk);
    await this.runs.countLines(tx, id);
    if (!hasSettled) await this.runs.complete(tx, id, this.clock.now());
    return hasSettled;
  }

  private async resultOf(tx: Tx, id: string, status?: 'REJECTED'): Promise<SettlementResultView> {
    const { runId } = await this.runs.lock(tx, id);
    const view = await this.query.get(runId, tx);
    return { ...view, lines: await this.query.firstLines(runId, MAX_ANSWERED_LINES, status, tx) };
  }
}

/** If a payment or another run settles a reference first, the next attempt finds it settled and rejects the line. */
async function repeatIfSettledMeanwhile<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || violatedConstraint(error) !== 'uq_ledger_postings_standing_source')
        throw error;
    }
  }
}
