import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import {
  prepareBulkWork,
  Transactions,
  violatedConstraint,
} from '../../../platform/database/transactions.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { WorkLocks } from '../../../platform/database/work-locks.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { ledgerWeek } from '../postings/ledger-week.js';
import { checkWeek } from '../postings/plausible-entry.js';
import { EntryLimitsService } from '../postings/entry-limits.service.js';
import { SETTLEMENT_RUN, SettlementRunQuery } from './history/settlement-run.query.js';
import type { LineRules, SettlementLine } from './settlement-lines.js';
import { settlementLine, takeHomeOf } from './settlement-lines.js';
import { SettlementChunkService } from './settlement-chunk.service.js';
import { MAX_ANSWERED_LINES } from './settlement.input.js';
import type { SettlementInput, SettlementTerms } from './settlement.input.js';
import { SETTLEMENT_RUN_LOCK, SettlementRunRepository } from './settlement-run.repository.js';
import type { SettlementResultView } from './settlement.view.js';

/** So many lines hold the locks of their drivers for about a second */
const LINES_A_CHUNK = 1000;
const MAX_ATTEMPTS = 10;
const FAILURE =
  'The run stopped before its end. What it settled is valid. Send the same lines again for the rest.';

/** Reads all lines in parts. It is called more than once, because the lines of a file may be too many for the memory. */
export type LineReader = (
  tx: Tx,
  rules: LineRules,
) => Iterable<readonly SettlementLine[]> | AsyncIterable<readonly SettlementLine[]>;

export interface SettlementOptions {
  /** Absent if the lines did not come in a repeatable request */
  readonly request?: IdempotentRequest | undefined;
  /** Called after each chunk with the number of lines that are settled or rejected, and of all lines */
  readonly onProgress?: (done: number, total: number) => void;
}

interface Settlement {
  readonly week: PaymentWeek;
  readonly rules: LineRules;
  readonly read: LineReader;
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
   * answered as it is otherwise. Only after a run with rejected lines they are a new run. A dry run ignores the key of the request. The stored answer of a key is the run, because
   * one run is many transactions. Throws PERIOD_NOT_A_PAYMENT_WEEK, PAYMENT_WEEK_OUT_OF_RANGE and VALIDATION_FAILED.
   */
  async run(
    actor: Actor,
    { lines, ...terms }: SettlementInput,
    request?: IdempotentRequest,
  ): Promise<SettlementResultView> {
    const read: LineReader = (_tx, rules) => [
      lines.map((earnings, index) => settlementLine(index + 1, earnings, rules)),
    ];
    return this.runLines(actor, terms, read, { request });
  }

  /** As `run`, with the lines of a reader. Throws also what the reader throws. */
  async runLines(
    actor: Actor,
    terms: SettlementTerms,
    read: LineReader,
    { request, onProgress }: SettlementOptions,
  ): Promise<SettlementResultView> {
    const week = ledgerWeek(terms.payment_period_start);
    const limits = this.limits.now();
    checkWeek(week, limits, 0);
    const takeHome = takeHomeOf(terms.min_take_home ?? this.config.SETTLEMENT_MIN_TAKE_HOME);
    const settlement = { week, rules: { takeHome, limits }, read };
    if (terms.dry_run) {
      const preview = (tx: Tx) => this.preview(tx, actor, settlement, onProgress);
      return repeatIfSettledMeanwhile(() => this.transactions.dryRun(preview));
    }
    return this.locks.during(async (mark) => {
      const { id } = await this.changes.runIdempotent(request, async (tx) => {
        const stored = await this.store(tx, actor, settlement);
        // before other processes see it: a run without a mark counts as interrupted
        await mark(SETTLEMENT_RUN_LOCK, Number.parseInt(stored, 10));
        return { id: stored };
      });
      await this.settle(actor, id, { onProgress });
      return this.transactions.run((tx) => this.resultOf(tx, id, true));
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
        await this.settle({ ...SYSTEM_ACTOR, userId: startedBy }, id, { stop });
      });
    }
  }

  /** Stores the run with its lines and returns its id: that of the present run if there is one with the same lines. */
  private async store(tx: Tx, actor: Actor, { week, rules, read }: Settlement): Promise<string> {
    await prepareBulkWork(tx);
    const { contentHash, linesTotal } = await contentOf(week, read(tx, rules));
    // a void ends before the lock is granted, so its run is no longer found
    const existing = await this.runs.lockByContent(tx, contentHash);
    if (existing) return existing.id;
    const run = await this.runs.insert(tx, {
      year: yearOf(this.clock.today()),
      weekStart: week.start,
      contentHash,
      linesTotal,
      startedBy: actor.userId,
      startedAt: this.clock.now(),
    });
    if (!run) return this.store(tx, actor, { week, rules, read });
    for await (const lines of read(tx, rules)) await this.runs.insertLines(tx, run.id, lines);
    await this.runs.rejectRepetitions(tx, run.id);
    const after = { run_id: run.runId, payment_period_start: week.start, lines_total: linesTotal };
    await this.changes.record(tx, actor, [
      { action: 'ledger.settle', record: SETTLEMENT_RUN, id: run.runId, after },
    ]);
    return run.id;
  }

  /** Settles the lines that are left, together with any other process that does. */
  private async settle(
    actor: Actor,
    id: string,
    { stop, onProgress }: Pick<SettlementOptions, 'onProgress'> & { readonly stop?: AbortSignal },
  ): Promise<void> {
    await this.transactions.run((tx) => this.runs.reopen(tx, id));
    const settleNext = () => this.transactions.run((tx) => this.settleChunk(tx, actor, id, onProgress));
    try {
      while (!stop?.aborted && (await repeatIfSettledMeanwhile(settleNext)));
    } catch (error) {
      // if this fails too, as without a database, the run stays RUNNING
      await this.transactions.run((tx) => this.runs.fail(tx, id, FAILURE)).catch(() => undefined);
      throw error;
    }
  }

  private async preview(
    tx: Tx,
    actor: Actor,
    settlement: Settlement,
    onProgress: SettlementOptions['onProgress'],
  ): Promise<SettlementResultView> {
    const id = await this.store(tx, actor, settlement);
    while (await this.settleChunk(tx, actor, id, onProgress));
    return { ...(await this.resultOf(tx, id)), dry_run: true };
  }

  /** Settles one chunk of the run, or completes the run if no line is left. Returns whether there may be more to do. */
  private async settleChunk(
    tx: Tx,
    actor: Actor,
    id: string,
    onProgress: SettlementOptions['onProgress'],
  ): Promise<boolean> {
    const run = await this.runs.lock(tx, id);
    if (run.status !== 'RUNNING') return false;
    const hasSettled = await this.chunks.settleNext(tx, actor, run, this.linesAChunk);
    const { done, total } = await this.runs.countLines(tx, id);
    onProgress?.(done, total);
    if (!hasSettled) await this.runs.complete(tx, id, this.clock.now());
    return hasSettled;
  }

  private async resultOf(tx: Tx, id: string, onlyRejected = false): Promise<SettlementResultView> {
    const { runId } = await this.runs.lock(tx, id);
    const view = await this.query.get(runId, tx);
    const status = onlyRejected || view.lines_total > MAX_ANSWERED_LINES ? 'REJECTED' : null;
    return { ...view, lines: await this.query.firstLines(runId, MAX_ANSWERED_LINES, status, tx) };
  }
}

/** The hash does not depend on the numbers of the lines: those of a file begin below its header. */
async function contentOf(
  week: PaymentWeek,
  parts: ReturnType<LineReader>,
): Promise<{ contentHash: Buffer; linesTotal: number }> {
  const hash = createHash('sha256').update(week.start);
  let linesTotal = 0;
  for await (const lines of parts) {
    linesTotal += lines.length;
    for (const { lineNumber: _number, ...line } of lines) hash.update(JSON.stringify(line));
  }
  return { contentHash: hash.digest(), linesTotal };
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
