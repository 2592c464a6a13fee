import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { SettlementLine } from './settlement-lines.js';
import type { SettlementRunStatus } from './settlement-status.js';

interface NewSettlementRun {
  readonly year: number;
  readonly weekStart: CalendarDate;
  /** SHA-256 of the week and the lines: the same lines are the same run */
  readonly contentHash: Buffer;
  readonly linesTotal: number;
  readonly startedBy: number | null;
  readonly startedAt: Date;
}

interface SettlementRunKey {
  readonly id: string;
  readonly runId: string;
}

/** Numbers of lines */
interface RunProgress {
  readonly done: number;
  readonly total: number;
}

interface InterruptedRun {
  readonly id: string;
  /** The user, or null for the system */
  readonly startedBy: number | null;
}

/** The key of a run, and its status. */
export interface SettlementRunRef extends SettlementRunKey {
  readonly status: SettlementRunStatus;
  readonly weekStart: CalendarDate;
}

/** The work lock of settlement runs: each process that executes a run holds it with the run id (WorkLocks). */
export const SETTLEMENT_RUN_LOCK = 4_270_012;

/** RUNNING runs on which no process works */
const INTERRUPTED = `
  WITH running AS MATERIALIZED (SELECT id, started_by FROM settlement_runs WHERE status = 'RUNNING')
  SELECT id, started_by AS "startedBy" FROM running
  WHERE pg_try_advisory_xact_lock(${SETTLEMENT_RUN_LOCK}, id::integer)
  ORDER BY id`;

const INSERT_RUN = `
  WITH next AS (SELECT next_number('settlement_runs_id_seq') AS number)
  INSERT INTO settlement_runs (id, run_id, payment_period_start, content_hash, status, lines_total, started_by, started_at)
  SELECT number, public_id('SR', $1::integer, number, 6), $2::date, $3::bytea, 'RUNNING', $4::integer, $5::integer,
         $6::timestamptz
  FROM next
  ON CONFLICT (content_hash) DO NOTHING
  RETURNING id, run_id AS "runId"`;

const RUN = `
  SELECT id, run_id AS "runId", status, payment_period_start AS "weekStart"
  FROM settlement_runs`;

/** A driver may be named by id, by TLC number, or by both, which must then agree. An error names the driver likewise. */
const INSERT_LINES = `
  WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($2::jsonb)
      AS line ("lineNumber" integer, "driverId" integer, "tlcLicenseNumber" text, "leaseId" integer, amount numeric,
               "minTakeHome" numeric, "sourceId" text, error jsonb)),
  found AS (
    SELECT given.*, d.id AS driver_id, coalesce(d.tlc_license_number, "tlcLicenseNumber") AS tlc_license_number,
           le.id AS lease_id,
           CASE WHEN error IS NOT NULL AND error <> 'null' THEN error
                WHEN d.id IS NULL
                THEN jsonb_build_object('code', 'DRIVER_UNKNOWN', 'message',
                       concat_ws(' ', 'There is no driver', "driverId", 'with the TLC number ' || "tlcLicenseNumber") || '.')
                WHEN "leaseId" IS NOT NULL AND le.id IS NULL
                THEN jsonb_build_object('code', 'LEASE_DRIVER_MISMATCH', 'message',
                       coalesce('Driver ' || "driverId", 'The driver with the TLC number ' || "tlcLicenseNumber") ||
                       ' has no lease ' ||
                       coalesce((SELECT lease_number FROM leases WHERE id = "leaseId"), "leaseId"::text) || '.')
           END AS rejection
    FROM given
    LEFT JOIN drivers d
      ON d.id = coalesce("driverId", (SELECT id FROM drivers WHERE tlc_license_number = "tlcLicenseNumber"))
     AND ("tlcLicenseNumber" IS NULL OR d.tlc_license_number = "tlcLicenseNumber")
    LEFT JOIN leases le ON le.id = "leaseId" AND le.driver_id = d.id)
  INSERT INTO settlement_lines (run_id, line_number, driver_id, tlc_license_number, lease_id, amount, min_take_home,
    source_id, status, error_code, error_message)
  SELECT $1::bigint, "lineNumber", driver_id, tlc_license_number, lease_id, amount, "minTakeHome", "sourceId",
         CASE WHEN rejection IS NULL THEN 'PENDING' ELSE 'REJECTED' END, rejection ->> 'code', rejection ->> 'message'
  FROM found
  ORDER BY "lineNumber"`;

/** Of the lines with one reference the first is settled, and the others are repetitions of it. */
const REJECT_REPETITIONS = `
  WITH repetition AS (
    SELECT line_number, first
    FROM (SELECT line_number, min(line_number) OVER (PARTITION BY source_id) AS first
          FROM settlement_lines WHERE run_id = $1 AND status = 'PENDING') AS line
    WHERE first < line_number)
  UPDATE settlement_lines l
  SET status = 'REJECTED', error_code = 'SOURCE_ALREADY_POSTED',
      error_message = 'Line ' || first || ' has the same reference ' || source_id || '.'
  FROM repetition WHERE l.run_id = $1 AND l.line_number = repetition.line_number`;

const COUNT_LINES = `
  UPDATE settlement_runs r
  SET lines_paid = line.paid, lines_nothing_due = line.nothing_due, lines_rejected = line.rejected,
      total_earnings = line.applied + line.net, total_applied = line.applied, total_net = line.net
  FROM (SELECT count(*) FILTER (WHERE applied > 0) AS paid,
               count(*) FILTER (WHERE status IN ('NOTHING_DUE', 'VOIDED') AND applied = 0) AS nothing_due,
               count(*) FILTER (WHERE status = 'REJECTED') AS rejected, coalesce(sum(applied), 0) AS applied,
               coalesce(sum(net), 0) AS net
        FROM settlement_lines WHERE run_id = $1) AS line
  WHERE r.id = $1
  RETURNING lines_paid + lines_nothing_due + lines_rejected AS done, lines_total AS total`;

const COMPLETE = `
  UPDATE settlement_runs
  SET status = 'COMPLETED', completed_at = $2, content_hash = CASE WHEN lines_rejected = 0 THEN content_hash END
  WHERE id = $1`;

/** Stores settlement runs and their lines. */
@Injectable()
export class SettlementRunRepository {
  /** Returns the new run, or null if another transaction has stored one with this content meanwhile. */
  async insert(tx: Tx, run: NewSettlementRun): Promise<SettlementRunKey | null> {
    const rows = await tx.query<SettlementRunKey[]>(INSERT_RUN, [
      run.year,
      run.weekStart,
      run.contentHash,
      run.linesTotal,
      run.startedBy,
      run.startedAt,
    ]);
    return rows[0] ?? null;
  }

  /** Stores lines of the run, each as PENDING, or as REJECTED with the reason. */
  async insertLines(tx: Tx, id: string, lines: readonly SettlementLine[]): Promise<void> {
    await tx.query(INSERT_LINES, [id, JSON.stringify(lines)]);
  }

  /** Rejects the lines that repeat the reference of an earlier line. All lines of the run are stored. */
  async rejectRepetitions(tx: Tx, id: string): Promise<void> {
    await tx.query(REJECT_REPETITIONS, [id]);
  }

  /** The ids of leases by their numbers. Those of unknown leases are omitted. */
  async findLeaseIds(tx: Tx, leaseNumbers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ id: number; lease_number: string }[]>(
      'SELECT id, lease_number FROM leases WHERE lease_number = ANY($1)',
      [leaseNumbers],
    );
    return new Map(rows.map(({ id, lease_number }) => [lease_number, id]));
  }

  /** Locks the run with this content, of which nothing is rejected or voided, until the transaction ends. Returns null without one. */
  async lockByContent(tx: Tx, contentHash: Buffer): Promise<SettlementRunRef | null> {
    const rows = await tx.query<SettlementRunRef[]>(`${RUN} WHERE content_hash = $1 FOR NO KEY UPDATE`, [
      contentHash,
    ]);
    return rows[0] ?? null;
  }

  /** Locks the run until the transaction ends, so that one chunk of it is settled at a time. */
  async lock(tx: Tx, id: string): Promise<SettlementRunRef> {
    const rows = await tx.query<[SettlementRunRef]>(`${RUN} WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    return rows[0];
  }

  /** As `lock`, by the public id. Returns null if there is no such run. */
  async lockByRunId(tx: Tx, runId: string): Promise<SettlementRunRef | null> {
    const rows = await tx.query<SettlementRunRef[]>(`${RUN} WHERE run_id = $1 FOR NO KEY UPDATE`, [runId]);
    return rows[0] ?? null;
  }

  /** The RUNNING runs whose process was stopped. */
  async findInterrupted(tx: Tx): Promise<InterruptedRun[]> {
    return await tx.query<InterruptedRun[]>(INTERRUPTED);
  }

  /** Updates the counts and totals of the locked run from its lines. Returns how many of them are not PENDING. */
  async countLines(tx: Tx, id: string): Promise<RunProgress> {
    const [[progress]] = await tx.query<[[RunProgress], number]>(COUNT_LINES, [id]);
    return progress;
  }

  /**
   * Marks the locked run COMPLETED. No line of it is PENDING. If a line was rejected, the same lines are a new run from
   * now on, because the reason may be mended by then.
   */
  async complete(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query(COMPLETE, [id, at]);
  }

  /** Marks a RUNNING run FAILED. What it settled is valid. */
  async fail(tx: Tx, id: string, failure: string): Promise<void> {
    await tx.query(
      `UPDATE settlement_runs SET status = 'FAILED', failure = $2 WHERE id = $1 AND status = 'RUNNING'`,
      [id, failure],
    );
  }

  /** Lets a FAILED run continue. Any other run stays as it is. */
  async reopen(tx: Tx, id: string): Promise<void> {
    await tx.query(
      `UPDATE settlement_runs SET status = 'RUNNING', failure = NULL WHERE id = $1 AND status = 'FAILED'`,
      [id],
    );
  }
}
