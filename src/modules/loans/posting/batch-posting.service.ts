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
import type { DryRunCredits, UnusedCredits } from './dry-run-credits.js';
import { IdRange, InstallmentPostingRepository, PlannedBatch } from './installment-posting.repository.js';
import { PostingBatchRepository } from './posting-batch.repository.js';
import { PostingErrorCause, postingErrorCauseOf } from './posting-error.mapper.js';
import { PostingSlotsService } from './posting-slots.service.js';

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

/** What a batch would post, and the credit of each of its drivers before and after it. */
interface PreviewedBatch {
  readonly sum: RunSum;
  readonly before: UnusedCredits;
  readonly after: UnusedCredits;
}

/** Posts the installments of a run in batches, each in its own transaction together with the totals of the run. */
@Injectable()
export class BatchPostingService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly posting: InstallmentPostingRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly batches: PostingBatchRepository,
    private readonly slots: PostingSlotsService,
    private readonly runs: PostingRunRepository,
    private readonly settlement: SettlementService,
    private readonly credits: CreditApplicationService,
    private readonly loans: LoanRepository,
    private readonly log: LoanLogService,
  ) {}

  /**
   * Plans under the posting lock, so that what a resumed run has posted and what is left add up. The batches of a real run
   * are left for the workers of all processes; those of a dry run, which posts nothing, are only returned. A run that another
   * process has completed has none.
   */
  async plan(run: Run): Promise<PlannedBatch[]> {
    const { loanId } = run.scope;
    const { batches, refusal } = await this.inSlot(async (tx) => {
      await this.postingLock.acquire(tx);
      if (!(await this.runs.lockUnfinished(tx, run.id))) return { batches: [], refusal: null };
      const refusal = loanId === null ? null : await this.recordRefusal(tx, run.id, loanId);
      const batches = await this.posting.planBatches(tx, run.scope, BATCH_SIZE);
      if (!run.dryRun) await this.batches.replaceAll(tx, run.id, batches);
      const due = batches.reduce((sum, batch) => sum + batch.due, 0);
      await this.runs.setExpectedCount(tx, run.id, due);
      return { batches, refusal };
    });
    if (loanId !== null && refusal !== null) this.log.loanRefused(run.id, loanId, refusal);
    return batches;
  }

  /**
   * Claims and posts one of the batches that are left, and pays its installments with the drivers' credits, in one
   * transaction. If a row is refused, the batch is halved until that row is alone and all others are posted. Returns null if
   * no batch is left and none is being posted.
   */
  async postNext(run: Run): Promise<RunSum | null> {
    const work: { claimed: IdRange | null } = { claimed: null };
    try {
      return await this.inSlot(async (tx) => {
        await this.postingLock.share(tx);
        work.claimed = await this.batches.claim(tx, run.id);
        if (work.claimed === null) return null;
        const drivers = await this.shareAccountsDue(tx, run, work.claimed);
        return this.postRange(tx, run, work.claimed, drivers);
      });
    } catch (error) {
      const cause = postingErrorCauseOf(error);
      if (cause === null || work.claimed === null) throw error;
      await this.divide(run, work.claimed, cause);
      return NOTHING_POSTED;
    }
  }

  /**
   * What a batch would post, halved like a real one if a row is refused. Pass the same `credits` for all batches of a dry run.
   */
  async preview(run: Run, range: IdRange, credits: DryRunCredits): Promise<RunSum> {
    try {
      const { sum, before, after } = await this.slots.use(() =>
        this.transactions.dryRun((tx) => this.previewRange(tx, run, range)),
      );
      return { ...sum, creditsApplied: credits.addBatch(before, after).toString() };
    } catch (error) {
      const cause = postingErrorCauseOf(error);
      if (cause === null) throw error;
      const halves = halvesOf(range);
      if (halves.length === 0) {
        const refused = await this.errorOf(range.first, cause);
        await this.runs.addErrors(run.id, [refused]);
        this.log.installmentRefused(run.id, refused);
      }
      let total = NOTHING_POSTED;
      for (const half of halves) total = addSums(total, await this.preview(run, half, credits));
      return total;
    }
  }

  private async previewRange(tx: Tx, run: Run, range: IdRange): Promise<PreviewedBatch> {
    await prepareBulkWork(tx);
    await this.postingLock.share(tx);
    const drivers = await this.shareAccountsDue(tx, run, range);
    const before = await this.credits.availableByDriver(tx, drivers);
    const sum = await this.postRange(tx, run, range, drivers);
    return { sum, before, after: await this.credits.availableByDriver(tx, drivers) };
  }

  private inSlot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.slots.use(() =>
      this.transactions.run(async (tx) => {
        await prepareBulkWork(tx);
        return work(tx);
      }),
    );
  }

  /** Puts the halves of a refused batch in its place, or its error if it is one row. */
  private async divide(run: Run, range: IdRange, cause: PostingErrorCause): Promise<void> {
    const halves = halvesOf(range);
    const error = halves.length === 0 ? await this.errorOf(range.first, cause) : null;
    const isRecorded = await this.transactions.run(async (tx) => {
      const isLeft = await this.batches.replace(tx, run.id, range, halves);
      if (!isLeft || error === null) return false;
      await this.runs.addErrors(run.id, [error], tx);
      return true;
    });
    if (isRecorded && error !== null) this.log.installmentRefused(run.id, error);
  }

  private async shareAccountsDue(tx: Tx, run: Run, range: IdRange): Promise<number[]> {
    // before the posting: a concurrent payment that does not find these obligations has left its credit by then
    const drivers = await this.posting.findDriversDue(tx, run.scope, range);
    await this.settlement.shareAccounts(tx, drivers);
    return drivers;
  }

  private async postRange(tx: Tx, run: Run, range: IdRange, drivers: readonly number[]): Promise<RunSum> {
    const recording = [yearOf(this.clock.today()), this.clock.now(), run.actor.userId] as const;
    const { postingIds, ...posted } = await this.posting.postBatch(tx, recording, run.scope, range);
    const { amount } = await this.credits.apply(tx, drivers);
    const sum = { ...posted, creditsApplied: amount.toString() };
    if (!run.dryRun) await this.runs.add(run.id, sum, postingIds, tx);
    return sum;
  }

  /** A run over one loan that is not posted has the reason as an error. Returns null if the loan is posted. */
  private async recordRefusal(tx: Tx, runId: number, loanId: string): Promise<PostingError | null> {
    const refusal = postingRefusal(await this.loans.get(tx, loanId));
    if (refusal === null) return null;
    const error = { installment_id: null, ...refusal };
    await this.runs.addErrors(runId, [error], tx);
    return error;
  }

  private async errorOf(scheduleId: bigint, cause: PostingErrorCause): Promise<PostingError> {
    return { installment_id: await this.posting.getInstallmentId(scheduleId), ...cause };
  }
}

/** None if the range is a single row. */
function halvesOf({ first, last }: IdRange): IdRange[] {
  if (first === last) return [];
  const middle = (first + last) / 2n;
  return [
    { first, last: middle },
    { first: middle + 1n, last },
  ];
}

export function addSums(left: RunSum, right: RunSum): RunSum {
  const add = (one: string, other: string): string => Money.of(one).plus(Money.of(other)).toString();
  return {
    posted: left.posted + right.posted,
    amount: add(left.amount, right.amount),
    creditsApplied: add(left.creditsApplied, right.creditsApplied),
  };
}
