import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IdRange } from './installment-posting.repository.js';

/** Without `wait`, batches that another transaction works on are skipped. */
const claim = (wait: boolean): string => `
  DELETE FROM posting_run_batches
  WHERE (run_id, first_id) = (
    SELECT run_id, first_id FROM posting_run_batches WHERE run_id = $1
    ORDER BY first_id LIMIT 1 FOR UPDATE ${wait ? '' : 'SKIP LOCKED'})
  RETURNING first_id AS first, last_id AS last`;

const CLAIM_FREE = claim(false);
const CLAIM_WAITING = claim(true);

/**
 * The batches of a run that are left, shared by all workers of all processes. A batch is claimed by the transaction that
 * posts it: it is gone when that commits, and free again when that fails or its process is killed.
 */
@Injectable()
export class PostingBatchRepository {
  /** Call it under the posting lock, when no batch is being posted. */
  async replaceAll(tx: Tx, runId: number, batches: readonly IdRange[]): Promise<void> {
    await tx.query('DELETE FROM posting_run_batches WHERE run_id = $1', [runId]);
    await this.insert(tx, runId, batches);
  }

  /**
   * Claims a batch, if need be by waiting for the last ones of other workers, which leave theirs if they fail. Returns
   * null if none is left.
   */
  async claim(tx: Tx, runId: number): Promise<IdRange | null> {
    for (;;) {
      const claimed = (await this.take(tx, CLAIM_FREE, runId)) ?? (await this.take(tx, CLAIM_WAITING, runId));
      // a batch that was divided meanwhile has left its halves
      if (claimed !== null || !(await this.hasAny(tx, runId))) return claimed;
    }
  }

  /** Puts other batches in the place of one. Returns false if it is not there any more. */
  async replace(tx: Tx, runId: number, batch: IdRange, parts: readonly IdRange[]): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      'DELETE FROM posting_run_batches WHERE run_id = $1 AND first_id = $2 AND last_id = $3',
      [runId, batch.first.toString(), batch.last.toString()],
    );
    if (count > 0) await this.insert(tx, runId, parts);
    return count > 0;
  }

  private async insert(tx: Tx, runId: number, batches: readonly IdRange[]): Promise<void> {
    await tx.query(
      `INSERT INTO posting_run_batches (run_id, first_id, last_id)
       SELECT $1, first_id, last_id FROM unnest($2::bigint[], $3::bigint[]) AS batch (first_id, last_id)`,
      [runId, batches.map(({ first }) => first.toString()), batches.map(({ last }) => last.toString())],
    );
  }

  private async take(tx: Tx, sql: string, runId: number): Promise<IdRange | null> {
    const [rows] = await tx.query<[{ first: string; last: string }[], number]>(sql, [runId]);
    const [row] = rows;
    return row === undefined ? null : { first: BigInt(row.first), last: BigInt(row.last) };
  }

  private async hasAny(tx: Tx, runId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT 1 FROM posting_run_batches WHERE run_id = $1 LIMIT 1', [
      runId,
    ]);
    return rows.length > 0;
  }
}
