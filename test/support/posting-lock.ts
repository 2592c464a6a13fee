import type { DataSource, EntityManager } from 'typeorm';

/** The number of the lock in posting-lock.repository.ts, which keeps it to itself */
const POSTING_LOCK = 4_270_002;

/** Holds the lock that a batch is posted under until the transaction ends. Until then, posting runs wait. */
export async function holdPostingLock(tx: EntityManager): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [POSTING_LOCK]);
}

/** The number of connections that wait for the posting lock, and for no other advisory lock. */
export async function postingLockWaiters(db: DataSource): Promise<number> {
  const [row] = await db.query<[{ waiting: number }]>(
    `SELECT count(*)::integer AS waiting FROM pg_locks
     WHERE locktype = 'advisory' AND NOT granted AND objid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [POSTING_LOCK],
  );
  return row.waiting;
}
