import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { PostingTrigger } from './posting-run-status.js';

/** The installments that a run posts. */
export interface PostingScope {
  /** Null: from the first week ever */
  readonly from: CalendarDate | null;
  /** Saturday of the last week */
  readonly through: CalendarDate;
  readonly loanId: string | null;
  /** Null: all installments of the period. The request and the audit log keep them, not the run */
  readonly installmentIds: readonly string[] | null;
}

export interface PostedSum {
  readonly posted: number;
  /** Dollars in PostgreSQL's numeric format */
  readonly amount: string;
}

export interface NewPostingRun {
  readonly trigger: PostingTrigger;
  readonly scope: PostingScope;
  /** The week of a scheduled run; each week has at most one. Null for manual runs */
  readonly scheduledWeek: CalendarDate | null;
  readonly dryRun: boolean;
  readonly startedBy: number | null;
  readonly startedAt: Date;
}

export interface PostingError {
  /** Null if the only loan of the run cannot be posted as a whole */
  readonly installment_id: string | null;
  readonly code: string;
  readonly message: string;
}

/** What a run, or one batch of it, has posted. */
export interface RunSum extends PostedSum {
  /** Dollars that credits of the drivers paid immediately */
  readonly creditsApplied: string;
}

/** What a run has posted so far. */
export interface RunTotals {
  readonly installments_posted: number;
  readonly total_amount_posted: string;
  readonly credits_applied: string;
  readonly errors: PostingError[];
}

/** A run that was interrupted, for example by a killed process. */
export interface AbandonedRun {
  readonly id: number;
  readonly trigger: PostingTrigger;
  readonly dryRun: boolean;
}

/** The work lock of posting runs: each process that executes a run holds it with the run id (WorkLocks). */
export const POSTING_RUN = 4_270_004;

/** Tries the work lock only for runs that are RUNNING, and checks the status again under the lock. */
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

  /** Returns null if the week's scheduled run already exists. A manual run is always new. */
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

  /** The week's scheduled run if it is RUNNING, started by any process; otherwise null. */
  async findUnfinished(scheduledWeek: CalendarDate): Promise<number | null> {
    const rows = await this.dataSource.query<{ id: number }[]>(
      `SELECT id FROM posting_runs WHERE scheduled_week = $1 AND status = 'RUNNING'`,
      [scheduledWeek],
    );
    return rows[0]?.id ?? null;
  }

  /** Whether the week's scheduled run has started, completed or not. */
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

  /** Resumes an interrupted or failed run. Returns false if it is already completed. */
  async resumeRun(tx: Tx, runId: number): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE posting_runs SET status = 'RUNNING', failure = NULL, finished_at = NULL
       WHERE id = $1 AND status <> 'COMPLETED' RETURNING id`,
      [runId],
    );
    return rows.length > 0;
  }

  async getScope(runId: number): Promise<Omit<PostingScope, 'installmentIds'>> {
    const rows = await this.dataSource.query<[Omit<PostingScope, 'installmentIds'>]>(
      `SELECT period_start AS "from", period_end AS "through", loan_id AS "loanId" FROM posting_runs WHERE id = $1`,
      [runId],
    );
    return rows[0];
  }

  async setExpectedCount(tx: Tx, runId: number, installmentsDue: number): Promise<void> {
    await tx.query(
      `UPDATE posting_runs SET installments_due = installments_posted + $2 WHERE id = $1 AND status = 'RUNNING'`,
      [runId, installmentsDue],
    );
  }

  /**
   * Pass the ids of the postings as a multirange, and the Tx of the batch, so that the totals of the run always equal what
   * is in the ledger.
   */
  async add(runId: number, sum: RunSum, postingIds: string, db: SqlRunner = this.dataSource): Promise<void> {
    await db.query(
      `UPDATE posting_runs
       SET installments_posted = installments_posted + $2, total_amount_posted = total_amount_posted + $3,
           credits_applied = credits_applied + $4, posting_ids = posting_ids + $5::int8multirange
       WHERE id = $1`,
      [runId, sum.posted, sum.amount, sum.creditsApplied, postingIds],
    );
  }

  /** An installment keeps its first error. */
  async addErrors(
    runId: number,
    errors: readonly PostingError[],
    db: SqlRunner = this.dataSource,
  ): Promise<void> {
    await db.query(
      `INSERT INTO posting_run_errors (run_id, installment_id, code, message)
       SELECT $1, error.* FROM unnest($2::text[], $3::text[], $4::text[]) AS error
       ON CONFLICT (run_id, installment_id) DO NOTHING`,
      [
        runId,
        errors.map(({ installment_id }) => installment_id),
        errors.map(({ code }) => code),
        errors.map(({ message }) => message),
      ],
    );
  }

  /** Locks the run against its completion until the transaction ends. Returns false if it is already completed. */
  async lockUnfinished(tx: Tx, runId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM posting_runs WHERE id = $1 AND status <> 'COMPLETED' FOR NO KEY UPDATE`,
      [runId],
    );
    return rows.length > 0;
  }

  /**
   * Completes the run, unless another process has. Returns false if batches are left, which another process may have planned
   * meanwhile: a completed run cannot count what they post.
   */
  async complete(tx: Tx, runId: number, at: Date): Promise<boolean> {
    if (!(await this.lockUnfinished(tx, runId))) return true;
    const left = await tx.query<unknown[]>('SELECT 1 FROM posting_run_batches WHERE run_id = $1 LIMIT 1', [
      runId,
    ]);
    if (left.length > 0) return false;
    await tx.query(
      `UPDATE posting_runs SET status = 'COMPLETED', failure = NULL, finished_at = $2 WHERE id = $1`,
      [runId, at],
    );
    return true;
  }

  async fail(runId: number, failure: string, at: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE posting_runs SET status = 'FAILED', failure = $2, finished_at = $3
       WHERE id = $1 AND status = 'RUNNING'`,
      [runId, failure, at],
    );
  }

  /**
   * Sets RUNNING runs that no process executes to FAILED, except the scheduled run of the given week: the next tick of
   * any process resumes that one.
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
