import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { PAYMENT_ORDER } from '../account/category.js';
import { LATEST_LEASE } from '../account/latest-lease.sql.js';
import type { RecordingParameters } from '../obligations/obligation.repository.js';
import { NEXT_ALLOCATION_ID, recordAllocations } from '../payments/allocation.repository.js';
import { orderOfPayment } from '../payment-order/payment-order.sql.js';
import type { PaymentAllocationView } from '../payments/payment.view.js';
import type { SettlementRunRef } from './settlement-run.repository.js';

/** An allocation of a chunk, and what the observers need to know of its balance. */
export interface ChunkAllocation extends PaymentAllocationView {
  readonly reference_type: string;
  /** The total paid on the balance after this allocation */
  readonly payment_applied: string;
}

/** The drivers of a chunk, and how many times their lines change between one lease and another. */
interface Chunk {
  readonly driverIds: readonly number[];
  readonly rounds: number;
}

// Temporary tables, because they can be analysed: with thousands of lines the planner must know how many there are.
// A dry run settles all chunks in one transaction, so the tables of the chunk before are still there.
const CREATE_TABLES = `
  DROP TABLE IF EXISTS pg_temp.settling_line, pg_temp.settling_part, pg_temp.settling_payment;
  CREATE TEMPORARY TABLE settling_line (
    line_number integer, driver_id integer, lease_id integer, credit_lease_id integer, available numeric(12,2),
    source_id text COLLATE "C", round integer) ON COMMIT DROP;
  CREATE TEMPORARY TABLE settling_part (
    line_number integer, balance_id text COLLATE "C", category text, reference_type text, reference_id text, due_date date,
    amount numeric(12,2), outstanding_after numeric(12,2), payment_applied numeric(12,2), through numeric)
    ON COMMIT DROP;
  CREATE TEMPORARY TABLE settling_payment (
    line_number integer, number bigint, posting_id text COLLATE "C", amount numeric(12,2), allocations_count integer)
    ON COMMIT DROP`;

/**
 * All PENDING lines of the next drivers, so that chunks do not depend on each other. Lines of a driver that follow each
 * other and name the same lease are one round: their payments form intervals on one running sum.
 */
const TAKE_LINES = `
  INSERT INTO settling_line
  SELECT line_number, driver_id, lease_id, coalesce(lease_id, (${LATEST_LEASE('l.driver_id')})), available, source_id,
         sum(is_other) OVER (PARTITION BY driver_id ORDER BY line_number)
  FROM (SELECT *, greatest(amount - min_take_home, 0) AS available,
               (row_number() OVER line = 1 OR lease_id IS DISTINCT FROM lag(lease_id) OVER line)::integer AS is_other
        FROM settlement_lines
        WHERE run_id = $1 AND status = 'PENDING' AND driver_id <=
          (SELECT max(driver_id) FROM (SELECT driver_id FROM settlement_lines WHERE run_id = $1 AND status = 'PENDING'
                                       ORDER BY driver_id LIMIT $2) AS next)
        WINDOW line AS (PARTITION BY driver_id ORDER BY line_number)) AS l`;

const DRIVERS = `
  SELECT coalesce(array_agg(DISTINCT driver_id ORDER BY driver_id), '{}') AS "driverIds",
         coalesce(max(round), 0) AS rounds
  FROM settling_line`;

/** Earnings are settled once, by a run or by a single payment. */
const REJECT_SETTLED = `
  WITH settled AS (
    DELETE FROM settling_line s
    WHERE EXISTS (SELECT 1 FROM settled_earnings e WHERE e.source_id = s.source_id)
    RETURNING line_number)
  UPDATE settlement_lines l
  SET status = 'REJECTED', error_code = 'SOURCE_ALREADY_POSTED',
      error_message = 'The earnings ' || l.source_id || ' are settled already.'
  FROM settled WHERE l.run_id = $1 AND l.line_number = settled.line_number`;

/**
 * The payments of a driver form intervals on a running sum, and so do the driver's open balances in the order of payment,
 * those of the named lease first. Each overlap of two intervals is an allocation.
 */
const DIVIDE = `
  INSERT INTO settling_part
  SELECT line_number, balance_id, category, reference_type, reference_id, due_date, upto - after AS amount,
         through - upto AS outstanding_after, owed - (through - upto) AS payment_applied, through
  FROM (SELECT line.line_number, balance.*, least(line.through, balance.through) AS upto,
               greatest(line.through - available, balance.through - outstanding_balance) AS after
        FROM (SELECT line_number, driver_id, available,
                     sum(available) OVER (PARTITION BY driver_id ORDER BY line_number) AS through
              FROM settling_line WHERE round = $1) AS line
        JOIN (SELECT b.driver_id, balance_id, b.category, reference_type, reference_id, due_date, outstanding_balance,
                     payment_applied + outstanding_balance AS owed,
                     sum(outstanding_balance) OVER (PARTITION BY b.driver_id
                       ORDER BY b.lease_id IS DISTINCT FROM payer.lease_id, ${orderOfPayment('b')}) AS through
              FROM (SELECT DISTINCT driver_id, lease_id FROM settling_line WHERE round = $1) AS payer
              JOIN ledger_balances b USING (driver_id)
              WHERE b.status = 'OPEN' AND b.category = ANY ($2::text[])) AS balance USING (driver_id)
        WHERE available > 0 AND line.through - available < balance.through
          AND balance.through - outstanding_balance < line.through) AS overlap`;

const NUMBER_PAYMENTS = `
  INSERT INTO settling_payment
  SELECT line_number, number, public_id('LP', $1::integer, number, 6), amount, allocations_count
  FROM (SELECT *, next_number('ledger_postings_id_seq') AS number
        FROM (SELECT line_number, sum(amount) AS amount, count(*) AS allocations_count
              FROM settling_part GROUP BY line_number ORDER BY line_number) AS paid
        OFFSET 0) AS numbered`;

const INSERT_CREDITS = `
  INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
    source_id, payment_period_start, payment_period_end, status, posted_at, posted_by, description, payment_method,
    received_on)
  SELECT number, posting_id, driver_id, credit_lease_id, 'CREDIT', 'EARNINGS', amount, $3::text, source_id, $4::date,
         $4::date + 6, 'POSTED', $1::timestamptz, $2::integer, $5::text || ', line ' || line_number, 'EARNINGS', $6::date
  FROM settling_payment JOIN settling_line USING (line_number)
  WHERE line_number IN (SELECT line_number FROM settling_part)
  ORDER BY number`;

const RECORD_PARTS = recordAllocations(
  `part AS (
    SELECT *, ${NEXT_ALLOCATION_ID}
    FROM (SELECT part.*, posting_id, 'HIERARCHY' AS type,
                 row_number() OVER (ORDER BY line_number, through) AS ordinality
          FROM settling_part part JOIN settling_payment USING (line_number)
          ORDER BY ordinality) AS ordered)`,
  `SELECT allocation_id, posting_id AS payment_posting_id, balance_id, category, reference_type, reference_id, due_date,
          amount AS amount_allocated, outstanding_after, type AS allocation_type, payment_applied
   FROM part ORDER BY ordinality`,
);

const FINISH_LINES = `
  UPDATE settlement_lines l
  SET status = CASE WHEN amount_paid > 0 THEN 'PAID' ELSE 'NOTHING_DUE' END, applied = amount_paid,
      net = l.amount - amount_paid, posting_id = paid.posting_id, allocations_count = paid.allocations_count
  FROM (SELECT line_number, p.posting_id, coalesce(p.amount, 0) AS amount_paid,
               coalesce(p.allocations_count, 0) AS allocations_count
        FROM settling_line LEFT JOIN settling_payment p USING (line_number)) AS paid
  WHERE l.run_id = $1 AND l.line_number = paid.line_number`;

/** Settles many lines in a few statements. Between them, the lines are in temporary tables. */
@Injectable()
export class SettlementChunkRepository {
  /** Takes the next PENDING lines, about as many as `size`. Lock the run first. */
  async take(tx: Tx, runId: string, size: number): Promise<Chunk> {
    await tx.query(CREATE_TABLES);
    await tx.query(TAKE_LINES, [runId, size]);
    await tx.query('ANALYZE settling_line');
    const rows = await tx.query<[Chunk]>(DRIVERS);
    return rows[0];
  }

  /** Rejects lines whose earnings are settled already. Lock the drivers first. */
  async rejectSettled(tx: Tx, runId: string): Promise<void> {
    await tx.query(REJECT_SETTLED, [runId]);
  }

  /** Pays balances with the lines of one round. Returns the allocations in the order of the lines. */
  async pay(
    tx: Tx,
    [year, at, by]: RecordingParameters,
    { run, round, sourceType, receivedOn }: ChunkRound,
  ): Promise<ChunkAllocation[]> {
    await tx.query('TRUNCATE settling_part');
    await tx.query(DIVIDE, [round, PAYMENT_ORDER]);
    await tx.query('ANALYZE settling_part');
    await tx.query(NUMBER_PAYMENTS, [year]);
    await tx.query('ANALYZE settling_payment');
    const description = `Settlement run ${run.runId}`;
    await tx.query(INSERT_CREDITS, [at, by, sourceType, run.weekStart, description, receivedOn]);
    return await tx.query<ChunkAllocation[]>(RECORD_PARTS, [year, at]);
  }

  /** Stores what became of the lines. */
  async finish(tx: Tx, runId: string): Promise<void> {
    await tx.query(FINISH_LINES, [runId]);
  }
}

interface ChunkRound {
  readonly run: SettlementRunRef;
  readonly round: number;
  readonly sourceType: string;
  readonly receivedOn: CalendarDate;
}
