import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Transactions, violatedConstraint } from '../../../platform/database/transactions.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { ledgerWeek } from '../postings/ledger-week.js';
import { checkWeek } from '../postings/plausible-entry.js';
import { EntryLimitsService } from '../postings/entry-limits.service.js';
import { settlementLines, takeHomeOf } from './settlement-lines.js';
import { SettlementChunkService } from './settlement-chunk.service.js';
import type { SettlementInput } from './settlement.input.js';
import { SettlementRunRepository } from './settlement-run.repository.js';
import { SettlementRunQuery } from './settlement-run.query.js';
import type { SettlementRunView } from './settlement.view.js';

const NOTHING_KEPT = '0.00';
/** So many lines hold the locks of their drivers for about a second */
const LINES_A_CHUNK = 1000;
const MAX_ATTEMPTS = 10;

/**
 * Runs settlements: the lines are stored first, in one transaction, and settled in chunks after it. A run that was
 * interrupted continues with the lines that are left, because the chunk settles a line and says so in one transaction.
 */
@Injectable()
export class SettlementRunService {
  private readonly linesAChunk: number = LINES_A_CHUNK;

  constructor(
    private readonly clock: Clock,
    private readonly limits: EntryLimitsService,
    private readonly transactions: Transactions,
    private readonly runs: SettlementRunRepository,
    private readonly chunks: SettlementChunkService,
    private readonly query: SettlementRunQuery,
  ) {}

  /**
   * Settles the lines. The same lines for the same week are the same run: it is continued if it is not complete, and
   * answered as it is otherwise. Throws PERIOD_NOT_A_PAYMENT_WEEK, PAYMENT_WEEK_OUT_OF_RANGE and VALIDATION_FAILED.
   */
  async run(actor: Actor, input: SettlementInput): Promise<SettlementRunView> {
    const week = ledgerWeek(input.payment_period_start);
    const limits = this.limits.now();
    checkWeek(week, limits, 0);
    const lines = settlementLines(input.lines, takeHomeOf(input.min_take_home ?? NOTHING_KEPT), limits);
    const contentHash = createHash('sha256')
      .update(JSON.stringify([week.start, lines]))
      .digest();
    const store = async (tx: Tx): Promise<string> => {
      const startedAt = this.clock.now();
      const id = await this.runs.insert(tx, {
        year: yearOf(this.clock.today()),
        weekStart: week.start,
        contentHash,
        linesTotal: lines.length,
        startedBy: actor.userId,
        startedAt,
      });
      if (id) await this.runs.insertLines(tx, id, lines);
      const existing = id ?? (await this.runs.findByContent(tx, contentHash))?.id;
      if (!existing) throw new Error('the run with this content is gone');
      return existing;
    };
    if (input.dry_run) {
      return repeatIfSettledMeanwhile(() =>
        this.transactions.dryRun(async (tx) => {
          const id = await store(tx);
          while (await this.settleChunk(tx, actor, id));
          return this.view(tx, id);
        }),
      );
    }
    const id = await this.transactions.run(store);
    const settleNext = () => this.transactions.run((tx) => this.settleChunk(tx, actor, id));
    while (await repeatIfSettledMeanwhile(settleNext));
    return this.transactions.run((tx) => this.view(tx, id));
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

  private async view(tx: Tx, id: string): Promise<SettlementRunView> {
    const { runId } = await this.runs.lock(tx, id);
    const view = await this.query.find(runId, tx);
    if (!view) throw new Error(`run ${runId} is gone`);
    return view;
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
