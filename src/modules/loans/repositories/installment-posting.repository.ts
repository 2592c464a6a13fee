import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { NEXT_BALANCE_ID, recordCharges, RecordingParameters } from '../../ledger/index.js';

/** What a run is to post. */
export interface PostingScope {
  /** Null: from the first week there ever was */
  readonly from: CalendarDate | null;
  /** Saturday of the last week */
  readonly through: CalendarDate;
  readonly loanId: string | null;
}

/** A stretch of installment ids, both ends included: the work of one transaction. */
export interface IdRange {
  readonly first: bigint;
  readonly last: bigint;
}

export interface PlannedChunk extends IdRange {
  /** Installments to be posted in it */
  readonly due: number;
}

export interface PostedSum {
  readonly posted: number;
  /** Dollars, as PostgreSQL's numeric writes them */
  readonly amount: string;
}

/**
 * The advisory lock under which a chunk is posted and a loan's status is changed: one at a time in the whole
 * database, so that no installment of a loan is posted in the moment in which the loan is held or cancelled.
 */
const POSTING_GATE = 4_270_002;

/** An installment to be posted: unposted, of an ACTIVE loan, due in the period. Parameters from `first` on. */
const dueIn = (first: number): string => `
  s.status = 'SCHEDULED' AND NOT s.posted_to_ledger AND l.status = 'ACTIVE'
  AND s.due_date <= $${first}::date
  AND ($${first + 1}::date IS NULL OR s.due_date >= $${first + 1}::date)
  AND ($${first + 2}::text IS NULL OR s.loan_id = $${first + 2}::text)`;

const PLAN_CHUNKS = `
  SELECT min(id) AS first, max(id) AS last, count(*)::integer AS due
  FROM (SELECT s.id, (row_number() OVER (ORDER BY s.id) - 1) / $1::integer AS chunk
        FROM loan_schedules s JOIN driver_loans l ON l.loan_id = s.loan_id
        WHERE ${dueIn(2)}) AS due
  GROUP BY chunk ORDER BY chunk`;

/**
 * The posting itself. The update comes first: its row locks are the claim, so that of two runs which meet the second
 * waits, looks again and finds nothing. Posting, balance and installment stand or fall with the one statement.
 */
const POST_RANGE = recordCharges(
  `UPDATE loan_schedules s
   SET status = 'POSTED', posted_to_ledger = true, posted_on = $2::timestamptz, posted_by = $3::integer,
       updated_on = $2::timestamptz, ledger_balance_id = ${NEXT_BALANCE_ID}
   FROM driver_loans l
   WHERE l.loan_id = s.loan_id AND s.id BETWEEN $4::bigint AND $5::bigint AND ${dueIn(6)}
   RETURNING l.driver_id, l.lease_id, 'LOANS' AS category, s.total_due AS amount,
             'LOAN_INSTALLMENT' AS reference_type, s.installment_id AS reference_id, s.week_start AS period_start,
             s.week_end AS period_end, s.due_date, s.ledger_balance_id AS balance_id,
             'Loan ' || s.loan_id || ', installment ' || s.installment_number AS description`,
  'SELECT count(*)::integer AS posted, coalesce(sum(amount), 0)::numeric(14,2) AS amount FROM charge',
);

@Injectable()
export class InstallmentPostingRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Waits for the gate and holds it until the end of the transaction. */
  async lockGate(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [POSTING_GATE]);
  }

  /** Cuts the due installments into stretches of at most `chunkSize` of them. */
  async planChunks(tx: Tx, scope: PostingScope, chunkSize: number): Promise<PlannedChunk[]> {
    const rows = await tx.query<{ first: string; last: string; due: number }[]>(PLAN_CHUNKS, [
      chunkSize,
      scope.through,
      scope.from,
      scope.loanId,
    ]);
    return rows.map((row) => ({ first: BigInt(row.first), last: BigInt(row.last), due: row.due }));
  }

  /** Posts what is due in the stretch. A row that the database refuses fails the whole statement. */
  async postRange(
    tx: Tx,
    recording: RecordingParameters,
    scope: PostingScope,
    range: IdRange,
  ): Promise<PostedSum> {
    const rows = await tx.query<[PostedSum]>(POST_RANGE, [
      ...recording,
      range.first.toString(),
      range.last.toString(),
      scope.through,
      scope.from,
      scope.loanId,
    ]);
    return rows[0];
  }

  async getInstallmentId(id: bigint): Promise<string> {
    const rows = await this.dataSource.query<[{ installment_id: string }]>(
      'SELECT installment_id FROM loan_schedules WHERE id = $1',
      [id.toString()],
    );
    return rows[0].installment_id;
  }
}
