import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { PostingTrigger } from './posting-run-status.js';

export type { PostingTrigger };

/** What a run is to post. */
export interface PostingScope {
  /** Null: from the first week there ever was */
  readonly from: CalendarDate | null;
  /** Saturday of the last week */
  readonly through: CalendarDate;
  readonly loanId: string | null;
}

export interface PostedSum {
  readonly posted: number;
  /** Dollars, as PostgreSQL's numeric writes them */
  readonly amount: string;
}

export interface NewPostingRun {
  readonly trigger: PostingTrigger;
  readonly scope: PostingScope;
  /** The week of a scheduled run, of which there is one a week; null for runs by hand */
  readonly scheduledWeek: CalendarDate | null;
  readonly dryRun: boolean;
  readonly startedBy: number | null;
  readonly startedAt: Date;
}

export interface PostingError {
  /** Null where the run's one loan as a whole cannot be posted */
  readonly installment_id: string | null;
  readonly code: string;
  readonly message: string;
}

/** What a run, or a chunk of it, has done. */
export interface RunSum extends PostedSum {
  /** Dollars that credits of the drivers paid at once */
  readonly creditsApplied: string;
}

/** What a run has done so far. */
export interface RunTotals {
  readonly installments_posted: number;
  readonly total_amount_posted: string;
  readonly credits_applied: string;
  readonly errors: PostingError[];
}

/** A run that was cut short, such as by a killed process. */
export interface AbandonedRun {
  readonly id: number;
  readonly trigger: PostingTrigger;
  readonly dryRun: boolean;
}

/** The kind of work of a run: whoever works on one marks it (WorkLocks). */
export const POSTING_RUN = 4_270_004;

/** The lock is tried for the runs that are RUNNING alone, and the status is looked at again under it. */
const FAIL_ABANDONED = `
  WITH running AS MATERIALIZED (
    SELECT id FROM posting_runs WHERE status = 'RUNNING' AND scheduled_week IS DISTINCT FROM $1::date),
  abandoned AS MATERIALIZED (SELECT id FROM running WHERE pg_try_advisory_xact_lock(${POSTING_RUN}, id))
  UPDATE posting_runs r SET status = 'FAILED', failure = $2, finished_at = $3
  FROM abandoned WHERE r.id = abandoned.id AND r.status = 'RUNNING'
  RETURNING r.id, r.trigger, r.dry_run AS "dryRun"`;

const START = `
  INSERT INTO posting_runs (trigger, scheduled_week, period_start, period_end, loan_id, dry_run, status, started_by,
    started_at)
  VALUES ($1, $2, $3, $4, $5, $6, 'RUNNING', $7, $8)
  ON CONFLICT (scheduled_week) DO NOTHING
  RETURNING id`;

@Injectable()
export class PostingRunRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Null where the scheduled run of the week has been started before; a run by hand is always a new one. */
  async start(tx: Tx, run: NewPostingRun): Promise<number | null> {
    const rows = await tx.query<{ id: number }[]>(START, [
      run.trigger,
      run.scheduledWeek,
      run.scope.from,
      run.scope.through,
      run.scope.loanId,
      run.dryRun,
      run.startedBy,
      run.startedAt,
    ]);
    return rows[0]?.id ?? null;
  }

  /** The scheduled run of the week, whoever started it. Null where it has been completed. */
  async findUnfinished(scheduledWeek: CalendarDate): Promise<number | null> {
    const rows = await this.dataSource.query<{ id: number }[]>(
      `SELECT id FROM posting_runs WHERE scheduled_week = $1 AND status = 'RUNNING'`,
      [scheduledWeek],
    );
    return rows[0]?.id ?? null;
  }

  /** Whether the scheduled run of the week has been started, finished or not. */
  async hasBegun(tx: Tx, scheduledWeek: CalendarDate): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT 1 FROM posting_runs WHERE scheduled_week = $1', [
      scheduledWeek,
    ]);
    return rows.length > 0;
  }

  async isCompleted(scheduledWeek: CalendarDate): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM posting_runs WHERE scheduled_week = $1 AND status = 'COMPLETED'`,
      [scheduledWeek],
    );
    return rows.length > 0;
  }

  /** Takes up a run that has been begun before, also one that failed. False where it has been completed. */
  async resumeRun(tx: Tx, runId: number): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE posting_runs SET status = 'RUNNING', failure = NULL, finished_at = NULL
       WHERE id = $1 AND status <> 'COMPLETED' RETURNING id`,
      [runId],
    );
    return rows.length > 0;
  }

  async setExpectedCount(tx: Tx, runId: number, installmentsDue: number): Promise<void> {
    await tx.query(
      `UPDATE posting_runs SET installments_due = installments_posted + $2 WHERE id = $1 AND status = 'RUNNING'`,
      [runId, installmentsDue],
    );
  }

  /** Pass the Tx of the chunk, so that the run's totals are those of the ledger whatever happens next. */
  async add(runId: number, sum: RunSum, db: SqlRunner = this.dataSource): Promise<void> {
    await db.query(
      `UPDATE posting_runs
       SET installments_posted = installments_posted + $2, total_amount_posted = total_amount_posted + $3,
           credits_applied = credits_applied + $4
       WHERE id = $1`,
      [runId, sum.posted, sum.amount, sum.creditsApplied],
    );
  }

  async addError(runId: number, error: PostingError, db: SqlRunner = this.dataSource): Promise<void> {
    await db.query(
      `INSERT INTO posting_run_errors (run_id, installment_id, code, message) VALUES ($1, $2, $3, $4)
       ON CONFLICT (run_id, installment_id) DO NOTHING`,
      [runId, error.installment_id, error.code, error.message],
    );
  }

  async complete(runId: number, at: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE posting_runs SET status = 'COMPLETED', failure = NULL, finished_at = $2
       WHERE id = $1 AND status <> 'COMPLETED'`,
      [runId, at],
    );
  }

  async fail(runId: number, failure: string, at: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE posting_runs SET status = 'FAILED', failure = $2, finished_at = $3
       WHERE id = $1 AND status = 'RUNNING'`,
      [runId, failure, at],
    );
  }

  /**
   * Marks as FAILED what is RUNNING though no process works on it, but for the scheduled run of the given week, which the next
   * tick of any process takes up.
   */
  async failAbandoned(tx: Tx, currentWeek: CalendarDate, failure: string, at: Date): Promise<AbandonedRun[]> {
    const [rows] = await tx.query<[AbandonedRun[], number]>(FAIL_ABANDONED, [currentWeek, failure, at]);
    return rows;
  }

  async getTotals(runId: number): Promise<RunTotals> {
    const rows = await this.dataSource.query<[Omit<RunTotals, 'errors'>]>(
      'SELECT installments_posted, total_amount_posted, credits_applied FROM posting_runs WHERE id = $1',
      [runId],
    );
    const errors = await this.dataSource.query<PostingError[]>(
      'SELECT installment_id, code, message FROM posting_run_errors WHERE run_id = $1 ORDER BY installment_id',
      [runId],
    );
    return { ...rows[0], errors };
  }
}
