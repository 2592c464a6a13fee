import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { waitFor } from './wait-for.js';

/** The number of the lock in posting-lock.repository.ts, which does not export it. */
const POSTING_LOCK = 4_270_002;

/** Holds the lock of the posting batches until the transaction ends. Until then, posting runs wait. */
export async function holdPostingLock(tx: Pick<EntityManager, 'query'>): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [POSTING_LOCK]);
}

/** The number of connections that wait for the posting lock, not for another advisory lock. */
async function postingLockWaiters(db: DataSource): Promise<number> {
  const [row] = await db.query<[{ waiting: number }]>(
    `SELECT count(*)::integer AS waiting FROM pg_locks
     WHERE locktype = 'advisory' AND NOT granted AND objid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [POSTING_LOCK],
  );
  return row.waiting;
}

export const waitForPostingLockWaiters = (db: DataSource, count: number): Promise<unknown> =>
  waitFor(`${count} connections wait for the posting lock`, async () =>
    (await postingLockWaiters(db)) === count ? true : null,
  );

/**
 * Holds the posting lock and passes it on step by step, so that a test controls how far the posting processes get.
 * PostgreSQL grants the lock in the order of the requests. The data source needs two connections for this.
 */
export class SteppedPostingLock {
  private constructor(
    private readonly db: DataSource,
    private holder: QueryRunner,
  ) {}

  static async acquire(db: DataSource): Promise<SteppedPostingLock> {
    const holder = await openTransaction(db);
    await holdPostingLock(holder);
    return new SteppedPostingLock(db, holder);
  }

  /**
   * Lets each waiting process do one step: it plans its run or posts one batch. Then the test holds the lock again.
   * `meanwhile` runs as soon as the first process works on its step.
   */
  async letEachProcessDoOneStep(processes: number, meanwhile?: () => Promise<unknown>): Promise<void> {
    await waitForPostingLockWaiters(this.db, processes);
    const next = await openTransaction(this.db);
    const acquired = holdPostingLock(next);
    await waitForPostingLockWaiters(this.db, processes + 1);
    await this.release();
    await meanwhile?.();
    await acquired;
    this.holder = next;
  }

  async release(): Promise<void> {
    await this.holder.commitTransaction();
    await this.holder.release();
  }
}

async function openTransaction(db: DataSource): Promise<QueryRunner> {
  const runner = db.createQueryRunner();
  await runner.startTransaction();
  return runner;
}
