import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../../kernel/access/actor.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import { WorkLocks } from '../../../platform/database/work-locks.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { LoanLogService } from '../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../monitoring/loan-metrics.service.js';
import type { PostingTrigger } from '../posting-runs/posting-run-status.js';
import type { NewPostingRun } from '../posting-runs/posting-run.repository.js';
import { POSTING_RUN, PostingRunRepository } from '../posting-runs/posting-run.repository.js';
import { postingResult } from '../posting-runs/posting-run.view.js';
import type { PostingResultView } from '../posting-runs/posting-run.view.js';
import { addSums, BatchPostingService, NOTHING_POSTED, Run } from './batch-posting.service.js';
import { ChosenInstallmentsRepository } from './scope/chosen-installments.repository.js';
import { PostingScopeService } from './scope/posting-scope.service.js';
import { DryRunCredits } from './dry-run-credits.js';
import type { PlannedBatch } from './installment-posting.repository.js';
import type { PostInstallmentsInput } from './posting.input.js';

/** An empty multirange */
const NO_POSTINGS = '{}';

/**
 * The weekly posting, one implementation for the cron, the API and the command line (docs/domain.md, "Weekly posting").
 * An installment is posted only by the statement that finds it unposted, so interruptions, retries and concurrent runs
 * cannot post it twice.
 */
@Injectable()
export class InstallmentPostingService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly locks: WorkLocks,
    private readonly batches: BatchPostingService,
    private readonly runs: PostingRunRepository,
    private readonly scopes: PostingScopeService,
    private readonly chosen: ChosenInstallmentsRepository,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  /**
   * A manual run over whole payment weeks, by default the current one, or over chosen installments. A dry run writes nothing
   * to the ledger and ignores the key of the request. A repeated request joins the run that the first one started, on any
   * process, and answers its result: the stored answer is the run, because one run is many transactions.
   */
  async postPeriod(
    actor: Actor,
    trigger: PostingTrigger,
    input: PostInstallmentsInput,
    request?: IdempotentRequest,
  ): Promise<PostingResultView> {
    const dryRun = input.dry_run;
    const requested = await this.scopes.of(input);
    return this.locks.during(async (mark) => {
      const { id } = await this.changes.runIdempotent(dryRun ? undefined : request, async (tx) => {
        const run = { trigger, scope: requested, scheduledWeek: null, dryRun };
        const runId = await this.start(tx, actor, run);
        if (runId === null) throw new Error('a manual run has no scheduled week that could be taken');
        // before other processes see it: a run without a mark counts as abandoned
        await mark(POSTING_RUN, runId);
        return { id: runId };
      });
      const run = { id, trigger, dryRun, actor };
      if (!request?.isReplay) return this.executeOrFail({ ...run, scope: requested });
      // the run of the first request, which may have been sent in another week
      const { installmentIds } = requested;
      const repeated = { ...run, scope: { ...(await this.runs.getScope(id)), installmentIds } };
      await mark(POSTING_RUN, id);
      const isResumed = await this.transactions.run((tx) => this.runs.resumeRun(tx, id));
      return isResumed ? this.executeOrFail(repeated) : this.resultOf(repeated);
    });
  }

  /**
   * The scheduled run of a week: everything that is due up to it, each installment under its own week. If another process
   * works on the run or was killed during it, this one joins it and completes it. Returns null if the run was already
   * completed, or if `stop` was signalled before its end.
   */
  async postScheduled(week: PaymentWeek, stop: AbortSignal): Promise<PostingResultView | null> {
    const scope = { from: null, through: week.end, loanId: null, installmentIds: null };
    await this.transactions.run((tx) =>
      this.start(tx, SYSTEM_ACTOR, { trigger: 'CRON', scope, scheduledWeek: week.start, dryRun: false }),
    );
    const id = await this.runs.findUnfinished(week.start);
    if (id === null) return null;
    return this.locks.during(async (mark) => {
      await mark(POSTING_RUN, id);
      return this.execute({ id, trigger: 'CRON', scope, dryRun: false, actor: SYSTEM_ACTOR }, stop);
    });
  }

  /** Whether the scheduled run of the week is completed. */
  hasPostedScheduled(week: PaymentWeek): Promise<boolean> {
    return this.runs.isCompleted(week.start);
  }

  /** Records the run at its start, so that all its postings have an audit entry even if it is interrupted. */
  private async start(
    tx: Tx,
    actor: Actor,
    run: Omit<NewPostingRun, 'startedBy' | 'startedAt'>,
  ): Promise<number | null> {
    const id = await this.runs.start(tx, { ...run, startedBy: actor.userId, startedAt: this.clock.now() });
    if (id === null || run.dryRun) return id;
    const { trigger, scope } = run;
    const after = {
      run_id: id,
      trigger,
      period_start: scope.from,
      period_end: scope.through,
      loan_id: scope.loanId,
      ...(scope.installmentIds && { installment_ids: scope.installmentIds }),
    };
    const record = { recordType: 'posting_run', viewVersion: 1 } as const;
    await this.changes.record(tx, actor, [{ action: 'installments.post', record, id, after }]);
    return id;
  }

  private async executeOrFail(run: Run): Promise<PostingResultView> {
    try {
      const result = await this.execute(run);
      if (result === null) throw new Error('a manual run cannot be stopped');
      return result;
    } catch (error) {
      const failure = error instanceof DomainError ? error.message : 'The run stopped before its end.';
      await this.runs.fail(run.id, failure, this.clock.now()).catch(() => undefined);
      throw error;
    }
  }

  /** Returns null if `stop` was signalled before the end. */
  private async execute(run: Run, stop?: AbortSignal): Promise<PostingResultView | null> {
    this.log.runStarted(run);
    const stopTimer = this.metrics.timeRun(run.trigger);
    try {
      do {
        const isPosted = await this.postBatches(run, stop);
        if (!isPosted) return null;
      } while (!(await this.complete(run)));
      const result = await this.resultOf(run);
      if (!run.dryRun) stopTimer();
      this.log.runCompleted(result);
      return result;
    } catch (error) {
      if (!run.dryRun) this.metrics.runFailed(run.trigger);
      this.log.runStopped(run.id, error);
      throw error;
    }
  }

  /** Returns false if batches are left. A chosen installment that the run skipped is then one of its errors. */
  private complete(run: Run): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      if (!(await this.runs.complete(tx, run.id, this.clock.now()))) return false;
      const { installmentIds } = run.scope;
      if (installmentIds !== null) {
        await this.runs.addErrors(run.id, await this.chosen.findRefused(tx, run.id, installmentIds), tx);
      }
      return true;
    });
  }

  /**
   * Posts with several workers until no batch is left, here or in another process. Returns false if `stop` was signalled
   * before that. What is posted by then stays posted.
   */
  private async postBatches(run: Run, stop?: AbortSignal): Promise<boolean> {
    const batches = await this.batches.plan(run);
    if (run.dryRun) {
      await this.preview(run, batches);
      return true;
    }
    const failed = new AbortController();
    const signal = AbortSignal.any(stop ? [stop, failed.signal] : [failed.signal]);
    const work = (): Promise<boolean> =>
      this.postUntilDone(run, signal).catch((error: unknown) => {
        failed.abort();
        throw error;
      });
    const workers = await Promise.allSettled(Array.from({ length: this.config.POSTING_WORKERS }, work));
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
    return workers.every((worker) => worker.status === 'fulfilled' && worker.value);
  }

  /** One worker. Returns false if it was stopped before no batch was left. */
  private async postUntilDone(run: Run, stop: AbortSignal): Promise<boolean> {
    while (!stop.aborted) {
      const sum = await this.batches.postNext(run);
      if (sum === null) return true;
      this.metrics.installmentsPosted(sum.posted);
    }
    return false;
  }

  /** The batches of a dry run are rolled back, and their totals with them. */
  private async preview(run: Run, batches: readonly PlannedBatch[]): Promise<void> {
    let total = NOTHING_POSTED;
    const credits = new DryRunCredits();
    for (const batch of batches) total = addSums(total, await this.batches.preview(run, batch, credits));
    await this.runs.add(run.id, total, NO_POSTINGS);
  }

  private async resultOf(run: Run): Promise<PostingResultView> {
    return postingResult(run, await this.runs.getTotals(run.id));
  }
}
