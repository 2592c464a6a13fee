import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';

/**
 * The advisory lock for posting a batch and for changes that depend on what is posted: creation, status, payoff, write-off.
 * Batches share it, a change has it alone in the whole database, so that no installment is posted while its loan changes.
 */
const POSTING_LOCK = 4_270_002;

@Injectable()
export class PostingLockRepository {
  /**
   * Waits for the lock and holds it until the transaction ends. Acquire it before any other lock of the transaction but the idempotency key.
   * The batches of a run then come completely before or completely after the change.
   */
  async acquire(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [POSTING_LOCK]);
  }

  /** The lock for posting a batch: many batches may be posted at the same time, but none during a change. */
  async share(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [POSTING_LOCK]);
  }
}
