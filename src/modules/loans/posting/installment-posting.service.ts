import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { Changes } from '../../../platform/changes/changes.js';
import { raiseStatementTimeout, Transactions, Tx } from '../../../platform/database/transactions.js';
import { WorkLocks } from '../../../platform/database/work-locks.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService, SettlementService } from '../../ledger/index.js';
import { postingRefusal } from '../loan/loan-status.js';
import { PostingPeriod, postingPeriod } from '../posting-runs/posting-calendar.js';

import { postingResult } from '../posting-runs/posting-run.view.js';
import { LoanLogService } from '../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../monitoring/loan-metrics.service.js';
import { LoanQueryService } from '../overview/loan-query.service.js';
import { PostingErrorCause, postingErrorCauseOf } from './posting-error.mapper.js';
import { IdRange, InstallmentPostingRepository, PlannedBatch } from './installment-posting.repository.js';
import { LoanRepository } from '../loan/loan.repository.js';
import {
  NewPostingRun,
  POSTING_RUN,
  PostingRunRepository,
  PostingScope,
  PostingTrigger,
  RunSum,
} from '../posting-runs/posting-run.repository.js';
import type { PostInstallmentsInput } from './posting.input.js';
import type { PostingResultView } from '../posting-runs/posting-run.view.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';

/** Installments in one transaction: the time for each is nearly the same from 5,000 to 20,000. */
const CHUNK_SIZE = 10_000;

const NOTHING_POSTED: RunSum = { posted: 0, amount: '0.00', creditsApplied: '0.00' };

interface Run {
  readonly id: number;
  readonly trigger: PostingTrigger;
  readonly scope: PostingScope;
  readonly dryRun: boolean;
  readonly actor: Actor;
}

/**
 * The weekly posting, one implementation for the cron, the API and the command line (docs/domain.md, "Weekly posting").
 * It is exactly once by the rows themselves: whatever is interrupted, repeated or done twice at the same time, an
 * installment is posted by the statement that finds it unposted, and by no other.
 */
@Injectable()
export class InstallmentPostingService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly locks: WorkLocks,
    private readonly posting: InstallmentPostingRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly runs: PostingRunRepository,
    private readonly settlement: SettlementService,
    private readonly credits: CreditApplicationService,
    private readonly loans: LoanRepository,
    private readonly reading: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly changes: Changes,
    private readonly log: LoanLogService,
  ) {}

  /**
   * A run by hand over whole payment weeks, by default the current one. A dry run writes nothing to the ledger, and takes
   * no notice of the request's key. The same request again joins the run of the first time, wherever that is, and
   * answers what the run did: its transactions are many, so what is kept with the first of them is the run itself.
   */
  async postPeriod(
    actor: Actor,
    trigger: PostingTrigger,
    dto: PostInstallmentsInput,
    request?: IdempotentRequest,
  ): Promise<PostingResultView> {
    const dryRun = dto.dry_run;
    const asked = { start: dto.payment_period_start, end: dto.payment_period_end, isDryRun: dryRun };
    const askedPeriod = postingPeriod(asked, this.clock.today());
    if (dto.loan_id !== undefined) await this.reading.requireLoan(dto.loan_id);
    const loanId = dto.loan_id ?? null;
    return this.locks.during(async (mark) => {
      const { id, period } = await this.changes.runIdempotent(dryRun ? undefined : request, async (tx) => {
        const scope = { from: askedPeriod.start, through: askedPeriod.end, loanId };
        const runId = await this.start(tx, actor, { trigger, scope, scheduledWeek: null, dryRun });
        if (runId === null) throw new Error("a run by hand stands in nobody's way");
        // before others see it: a run that nobody has marked counts as abandoned
        await mark(POSTING_RUN, runId);
        return { id: runId, period: askedPeriod };
      });
      const scope = { from: period.start, through: period.end, loanId };
      const run = { id, trigger, scope, dryRun, actor };
      if (request?.isReplay) {
        await mark(POSTING_RUN, id);
        if (!(await this.transactions.run((tx) => this.runs.resumeRun(tx, id))))
          return this.result(run, period);
      }
      return this.bringToEndOrFail(run, period);
    });
  }

  /**
   * The scheduled run of a week: all that is due up to it, each installment under its own week. Null where it has been
   * completed before, or where `stop` came first. Where another process is at it, or died at it, this one joins in and
   * takes it to its end.
   */
  async postScheduled(week: PaymentWeek, stop: AbortSignal): Promise<PostingResultView | null> {
    const period = { start: null, end: week.end };
    const scope = { from: null, through: week.end, loanId: null };
    await this.transactions.run((tx) =>
      this.start(tx, SYSTEM_ACTOR, { trigger: 'CRON', scope, scheduledWeek: week.start, dryRun: false }),
    );
    const id = await this.runs.findUnfinished(week.start);
    if (id === null) return null;
    const run = { id, trigger: 'CRON', scope, dryRun: false, actor: SYSTEM_ACTOR } as const;
    return this.locks.during(async (mark) => {
      await mark(POSTING_RUN, id);
      return this.executeRun(run, period, stop);
    });
  }

  /** Whether the scheduled run of the week has been completed. */
  hasPostedScheduled(week: PaymentWeek): Promise<boolean> {
    return this.runs.isCompleted(week.start);
  }

  /** The audit log names a run as it begins: whatever it posts stands under that entry, also where the run is cut short. */
  private async start(
    tx: Tx,
    actor: Actor,
    newRun: Omit<NewPostingRun, 'startedBy' | 'startedAt'>,
  ): Promise<number | null> {
    const id = await this.runs.start(tx, {
      ...newRun,
      startedBy: actor.userId,
      startedAt: this.clock.now(),
    });
    const { trigger, scope, dryRun } = newRun;
    if (id === null || dryRun) return id;
    const { from, through, loanId } = scope;
    const after = { run_id: id, trigger, period_start: from, period_end: through, loan_id: loanId };
    const record = { recordType: 'posting_run', viewVersion: 1 };
    await this.changes.record(tx, actor, [{ action: 'installments.post', record, id, after }]);
    return id;
  }

  private async bringToEndOrFail(run: Run, period: PostingPeriod): Promise<PostingResultView> {
    try {
      return await this.executeRun(run, period);
    } catch (error) {
      const failure = error instanceof DomainError ? error.message : 'The run stopped before its end.';
      await this.runs.fail(run.id, failure, this.clock.now()).catch(() => undefined);
      throw error;
    }
  }

  private executeRun(run: Run, period: PostingPeriod): Promise<PostingResultView>;
  private executeRun(run: Run, period: PostingPeriod, stop: AbortSignal): Promise<PostingResultView | null>;
  /** Null where `stop` came before the end. */
  private async executeRun(
    run: Run,
    period: PostingPeriod,
    stop?: AbortSignal,
  ): Promise<PostingResultView | null> {
    this.log.runStarted(run);
    const timeIsUp = this.metrics.timeRun(run.trigger);
    try {
      if (!(await this.postBatches(run, stop))) return null;
      await this.runs.complete(run.id, this.clock.now());
      const result = await this.result(run, period);
      if (!run.dryRun) timeIsUp();
      this.log.runCompleted(result);
      return result;
    } catch (error) {
      if (!run.dryRun) this.metrics.runFailed(run.trigger);
      this.log.runStopped(run.id, error);
      throw error;
    }
  }

  /** False where `stop` came between two chunks: what is posted by then stands. */
  private async postBatches(run: Run, stop?: AbortSignal): Promise<boolean> {
    const chunks = await this.plan(run);
    let dryRunSum = NOTHING_POSTED;
    for (const chunk of chunks) {
      if (stop?.aborted) return false;
      const sum = await this.postBatch(run, chunk);
      dryRunSum = addSums(dryRunSum, sum);
      if (!run.dryRun) this.metrics.installmentsPosted(sum.posted);
    }
    if (run.dryRun) await this.runs.add(run.id, dryRunSum);
    return true;
  }

  /** While nobody posts, so that what a run that is joined has done and what is left add up. */
  private plan(run: Run): Promise<PlannedBatch[]> {
    return this.transactions.run(async (tx) => {
      await raiseStatementTimeout(tx);
      await this.postingLock.acquire(tx);
      if (run.scope.loanId !== null) await this.checkLoan(tx, run, run.scope.loanId);
      const chunks = await this.posting.planBatches(tx, run.scope, CHUNK_SIZE);
      const due = chunks.reduce((sum, chunk) => sum + chunk.due, 0);
      await this.runs.setExpectedCount(tx, run.id, due);
      return chunks;
    });
  }

  /** A run over one loan reports why it is not posted, and is no success then. */
  private async checkLoan(tx: Tx, run: Run, loanId: string): Promise<void> {
    const refusal = postingRefusal(await this.loans.get(tx, loanId));
    if (refusal === null) return;
    const error = { installment_id: null, ...refusal };
    await this.runs.addError(run.id, error, tx);
    this.log.loanRefused(run.id, loanId, error);
  }

  /**
   * Posts a stretch, and lets the drivers' credits pay it in the same transaction; where a row is at fault, halves it until
   * that row stands alone and the others are posted.
   */
  private async postBatch(run: Run, range: IdRange): Promise<RunSum> {
    const unit = async (tx: Tx): Promise<RunSum> => {
      await raiseStatementTimeout(tx);
      await this.postingLock.acquire(tx);
      // before the posting: a payment under way that finds none of these debts has left its credit by then
      const drivers = await this.posting.findDriversDue(tx, run.scope, range);
      await this.settlement.lockAccounts(tx, drivers);
      const recording = [yearOf(this.clock.today()), this.clock.now(), run.actor.userId] as const;
      const posted = await this.posting.postBatch(tx, recording, run.scope, range);
      const { amount } = await this.credits.apply(tx, drivers);
      const sum = { ...posted, creditsApplied: amount.toString() };
      if (!run.dryRun) await this.runs.add(run.id, sum, tx);
      return sum;
    };
    try {
      return run.dryRun ? await this.transactions.dryRun(unit) : await this.transactions.run(unit);
    } catch (error) {
      const fault = postingErrorCauseOf(error);
      if (fault === null) throw error;
      if (range.first === range.last) {
        await this.reportFault(run, range.first, fault);
        return NOTHING_POSTED;
      }
      const middle = (range.first + range.last) / 2n;
      const lower = await this.postBatch(run, { first: range.first, last: middle });
      const upper = await this.postBatch(run, { first: middle + 1n, last: range.last });
      return addSums(lower, upper);
    }
  }

  private async reportFault(run: Run, scheduleId: bigint, fault: PostingErrorCause): Promise<void> {
    const installmentId = await this.posting.getInstallmentId(scheduleId);
    const error = { installment_id: installmentId, ...fault };
    await this.runs.addError(run.id, error);
    this.log.installmentRefused(run.id, error);
  }

  private async result(run: Run, period: PostingPeriod): Promise<PostingResultView> {
    return postingResult(run, period, await this.runs.getTotals(run.id));
  }
}

function addSums(left: RunSum, right: RunSum): RunSum {
  const add = (one: string, other: string): string => Money.of(one).plus(Money.of(other)).toString();
  return {
    posted: left.posted + right.posted,
    amount: add(left.amount, right.amount),
    creditsApplied: add(left.creditsApplied, right.creditsApplied),
  };
}
