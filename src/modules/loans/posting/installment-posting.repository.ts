import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { IS_TO_POST } from '../loan/figures.sql.js';
import { NEXT_BALANCE_ID, recordCharges, RecordingParameters } from '../../ledger/index.js';
import type { PostedSum, PostingScope } from '../posting-runs/posting-run.repository.js';

/** Installment ids from `first` to `last`, both included: the work of one transaction. */
export interface IdRange {
  readonly first: bigint;
  readonly last: bigint;
}

export interface PlannedBatch extends IdRange {
  /** Number of installments to post */
  readonly due: number;
}

/** Selects unposted installments of ACTIVE loans that are due in the period. Its four parameters start at `first`. */
const dueIn = (first: number): string => `
  ${IS_TO_POST} AND s.due_date <= $${first}::date
  AND ($${first + 1}::date IS NULL OR s.due_date >= $${first + 1}::date)
  AND ($${first + 2}::text[] IS NULL OR s.loan_id = ANY ($${first + 2}))
  AND ($${first + 3}::text[] IS NULL OR s.installment_id = ANY ($${first + 3}))`;

/** What one statement has posted. */
interface PostedInstallments extends PostedSum {
  /** The ids of the postings, as a multirange in PostgreSQL's format */
  readonly postingIds: string;
}

/** The first and the last possible id */
const EVERY_ID = ['1', String(2n ** 63n - 1n)];

const PLAN_BATCHES = `
  SELECT min(id) AS first, max(id) AS last, count(*)::integer AS due
  FROM (SELECT s.id, (row_number() OVER (ORDER BY s.id) - 1) / $1::integer AS batch
        FROM loan_schedules s JOIN driver_loans l ON l.loan_id = s.loan_id
        WHERE ${dueIn(2)}) AS due
  GROUP BY batch ORDER BY batch`;

const DRIVERS_DUE = `
  SELECT DISTINCT l.driver_id
  FROM loan_schedules s JOIN driver_loans l ON l.loan_id = s.loan_id
  WHERE s.id BETWEEN $1::bigint AND $2::bigint AND ${dueIn(3)}`;

/**
 * Posts the installments of a range. It locks the loans first, in the order of their ids as everywhere. The UPDATE is the
 * claim: of two concurrent runs, the second waits, checks again and finds nothing. One statement writes the postings,
 * the balances, the installments and how far the interest of the loans has accrued, or nothing.
 */
const POST_RANGE = recordCharges(
  `WITH due AS (
     SELECT s.id, l.id AS loan, l.driver_id, l.lease_id
     FROM loan_schedules s JOIN driver_loans l ON l.loan_id = s.loan_id
     WHERE s.id BETWEEN $4::bigint AND $5::bigint AND ${dueIn(6)}
     ORDER BY l.loan_id FOR NO KEY UPDATE OF l)
   UPDATE loan_schedules s
   SET status = 'POSTED', posted_to_ledger = true, posted_on = $2::timestamptz, posted_by = $3::integer,
       updated_on = $2::timestamptz, ledger_balance_id = ${NEXT_BALANCE_ID}
   FROM due
   WHERE s.id = due.id AND s.status = 'SCHEDULED' AND NOT s.posted_to_ledger
   RETURNING due.driver_id, due.lease_id, 'LOANS' AS category, s.total_due AS amount,
             'LOAN_INSTALLMENT' AS reference_type, s.installment_id AS reference_id, s.week_start AS period_start,
             s.week_end AS period_end, s.due_date, s.ledger_balance_id AS balance_id,
             'Loan ' || s.loan_id || ', installment ' || s.installment_number AS description,
             due.loan, s.interest_to`,
  `SELECT count(*)::integer AS posted, coalesce(sum(amount), 0)::numeric(20,2) AS amount,
          coalesce(range_agg(int8range(number, number, '[]')), '{}') AS "postingIds"
   FROM numbered`,
  `accrued AS (
     UPDATE driver_loans l SET interest_accrued_through = posted.through
     FROM (SELECT loan, max(interest_to) AS through FROM charge GROUP BY loan) AS posted
     WHERE l.id = posted.loan AND l.interest_accrued_through < posted.through)`,
);

@Injectable()
export class InstallmentPostingRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Divides the due installments into batches of at most `batchSize`. */
  async planBatches(tx: Tx, scope: PostingScope, batchSize: number): Promise<PlannedBatch[]> {
    const rows = await tx.query<{ first: string; last: string; due: number }[]>(PLAN_BATCHES, [
      batchSize,
      ...parametersOf(scope),
    ]);
    return rows.map((row) => ({ first: BigInt(row.first), last: BigInt(row.last), due: row.due }));
  }

  /** The drivers of the due installments of the range. Lock their accounts before it is posted. */
  async findDriversDue(tx: Tx, scope: PostingScope, range: IdRange): Promise<number[]> {
    const rows = await tx.query<{ driver_id: number }[]>(DRIVERS_DUE, [
      range.first.toString(),
      range.last.toString(),
      ...parametersOf(scope),
    ]);
    return rows.map(({ driver_id }) => driver_id);
  }

  /** Posts the due installments of the range. A row that the database refuses fails the whole statement. */
  async postBatch(
    tx: Tx,
    recording: RecordingParameters,
    scope: PostingScope,
    range: IdRange,
  ): Promise<PostedInstallments> {
    const parameters = [...recording, range.first.toString(), range.last.toString(), ...parametersOf(scope)];
    const rows = await tx.query<[PostedInstallments]>(POST_RANGE, parameters);
    return rows[0];
  }

  /** Posts the installments of these loans that are due in the week, with the same statement. */
  async postWeek(
    tx: Tx,
    recording: RecordingParameters,
    week: PaymentWeek,
    loanIds: readonly string[],
  ): Promise<PostedSum> {
    const parameters = [...recording, ...EVERY_ID, week.end, week.start, loanIds, null];
    const rows = await tx.query<[PostedSum]>(POST_RANGE, parameters);
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

/** The parameters of `dueIn`. */
function parametersOf({ through, from, loanId, installmentIds }: PostingScope): unknown[] {
  return [through, from, loanId === null ? null : [loanId], installmentIds];
}
