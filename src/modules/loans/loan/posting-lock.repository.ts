import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';

/**
 * The advisory lock under which a batch is posted and a loan's status is changed: one at a time in the whole database, so that
 * no installment is posted while its loan is held or cancelled.
 */
const POSTING_LOCK = 4_270_002;

@Injectable()
export class PostingLockRepository {
  /**
   * Waits for the lock and holds it until the end of the transaction. Take it before any other lock of the transaction: the
   * week's run then comes completely before or completely after the change.
   */
  async acquire(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [POSTING_LOCK]);
  }
}
