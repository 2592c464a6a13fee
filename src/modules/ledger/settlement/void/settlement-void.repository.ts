import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/database/transactions.js';

/** A payment of a run that is not voided. */
export interface StandingPayment {
  readonly postingId: string;
  readonly driverId: number;
}

const NEXT_PAYMENTS = `
  SELECT posting_id AS "postingId", driver_id AS "driverId"
  FROM settlement_lines
  WHERE run_id = $1 AND status = 'PAID'
  ORDER BY driver_id, line_number
  LIMIT $2`;

/** Nothing was due on these lines, so no payment of them frees their references. */
const VOID_NOTHING_DUE = `
  WITH voided AS (
    UPDATE settlement_lines SET status = 'VOIDED' WHERE run_id = $1 AND status = 'NOTHING_DUE' RETURNING source_id)
  DELETE FROM settled_earnings e USING voided WHERE e.source_id = voided.source_id`;

const VOID_RUN = `
  UPDATE settlement_runs
  SET status = 'VOIDED', content_hash = NULL, failure = NULL, voided_by = $2, voided_at = $3, void_reason = $4
  WHERE id = $1`;

/** Voids what a run settled, except its payments. Lock the run first. */
@Injectable()
export class SettlementVoidRepository {
  /** The next payments of the run that are not voided, in the order of the drivers. */
  async findNextPayments(tx: Tx, id: string, limit: number): Promise<StandingPayment[]> {
    return await tx.query<StandingPayment[]>(NEXT_PAYMENTS, [id, limit]);
  }

  /** Marks the run VOIDED. All of its payments are voided. Its other lines and its content can be settled again. */
  async finish(tx: Tx, id: string, by: number | null, at: Date, reason: string): Promise<void> {
    await tx.query(VOID_NOTHING_DUE, [id]);
    await tx.query(VOID_RUN, [id, by, at, reason]);
  }
}
