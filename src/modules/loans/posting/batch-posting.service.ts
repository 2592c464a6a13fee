import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { prepareBulkWork, Transactions, Tx } from '../../../platform/database/transactions.js';
import { CreditApplicationService, SettlementService } from '../../ledger/index.js';
import { LoanRepository } from '../loan/loan.repository.js';
import { postingRefusal } from '../loan/loan-status.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';
import { LoanLogService } from '../monitoring/loan-log.service.js';
import type { PostingTrigger } from '../posting-runs/posting-run-status.js';
import {
  PostingError,
  PostingRunRepository,
  PostingScope,
  RunSum,
} from '../posting-runs/posting-run.repository.js';
import { IdRange, InstallmentPostingRepository, PlannedBatch } from './installment-posting.repository.js';
import { PostingErrorCause, postingErrorCauseOf } from './posting-error.mapper.js';

/** Installments in one transaction. The time per installment hardly differs between 5,000 and 20,000. */
const BATCH_SIZE = 10_000;

export const NOTHING_POSTED: RunSum = { posted: 0, amount: '0.00', creditsApplied: '0.00' };

/** The run that the batches belong to. */
export interface Run {
  readonly id: number;
  readonly trigger: PostingTrigger;
  readonly scope: PostingScope;
  readonly dryRun: boolean;
  readonly actor: Actor;
}

/** Posts the installments of a run in batches, each in its own transaction together with the totals of the run. */
@Injectable()
export class BatchPostingService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly posting: InstallmentPostingRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly runs: PostingRunRepository,
    private readonly settlement: SettlementService,
    private readonly credits: CreditApplicationService,
    private readonly loans: LoanRepository,
    private readonly log: LoanLogService,
  ) {}

  /** Plans under the posting lock, so that what a resumed run has posted and what is left add up. */
  async plan(run: Run): Promise<PlannedBatch[]> {
    const { loanId } = run.scope;
    const { batches, refusal } = await this.transactions.run(async (tx) => {
      await prepareBulkWork(tx);
      await this.postingLock.acquire(tx);
      const refusal = loanId === null ? null : await this.recordRefusal(tx, run.id, loanId);
      const batches = await this.posting.planBatches(tx, run.scope, BATCH_SIZE);
      const due = batches.reduce((sum, batch) => sum + batch.due, 0);
      await this.runs.setExpectedCount(tx, run.id, due);
      return { batches, refusal };
    });
    if (loanId !== null && refusal !== null) this.log.loanRefused(run.id, loanId, refusal);
    return batches;
  }

  /**
   * Posts a batch and pays its installments with the drivers' credits in the same transaction. If a row is refused, the
   * batch is halved until that row is alone and all others are posted.
   */
  async post(run: Run, range: IdRange): Promise<RunSum> {
    const work = (tx: Tx): Promise<RunSum> => this.postRange(tx, run, range);
    try {
      return run.dryRun ? await this.transactions.dryRun(work) : await this.transactions.run(work);
    } catch (error) {
      const cause = postingErrorCauseOf(error);
      if (cause === null) throw error;
      if (range.first === range.last) {
        await this.addError(run, range.first, cause);
        return NOTHING_POSTED;
      }
      const middle = (range.first + range.last) / 2n;
      const lower = await this.post(run, { first: range.first, last: middle });
      const upper = await this.post(run, { first: middle + 1n, last: range.last });
      return addSums(lower, upper);
    }
  }

  private async postRange(tx: Tx, run: Run, range: IdRange): Promise<RunSum> {
    await prepareBulkWork(tx);
    await this.postingLock.acquire(tx);
    // before the posting: a concurrent payment that does not find these obligations has left its credit by then
    const drivers = await this.posting.findDriversDue(tx, run.scope, range);
    await this.settlement.lockAccounts(tx, drivers);
    const recording = [yearOf(this.clock.today()), this.clock.now(), run.actor.userId] as const;
    const posted = await this.posting.postBatch(tx, recording, run.scope, range);
    const { amount } = await this.credits.apply(tx, drivers);
    const sum = { ...posted, creditsApplied: amount.toString() };
    if (!run.dryRun) await this.runs.add(run.id, sum, tx);
    return sum;
  }

  /** A run over one loan that is not posted has the reason as an error. Returns null if the loan is posted. */
  private async recordRefusal(tx: Tx, runId: number, loanId: string): Promise<PostingError | null> {
    const refusal = postingRefusal(await this.loans.get(tx, loanId));
    if (refusal === null) return null;
    const error = { installment_id: null, ...refusal };
    await this.runs.addError(runId, error, tx);
    return error;
  }

  private async addError(run: Run, scheduleId: bigint, cause: PostingErrorCause): Promise<void> {
    const installmentId = await this.posting.getInstallmentId(scheduleId);
    const error = { installment_id: installmentId, ...cause };
    await this.runs.addError(run.id, error);
    this.log.installmentRefused(run.id, error);
  }
}

export function addSums(left: RunSum, right: RunSum): RunSum {
  const add = (one: string, other: string): string => Money.of(one).plus(Money.of(other)).toString();
  return {
    posted: left.posted + right.posted,
    amount: add(left.amount, right.amount),
    creditsApplied: add(left.creditsApplied, right.creditsApplied),
  };
}
