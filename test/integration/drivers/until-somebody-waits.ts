import type { DataSource } from 'typeorm';

const MOST_LOOKS = 2_000;

/** Returns as soon as another connection to the database waits for a lock; throws where none ever does. */
export async function untilSomebodyWaits(db: DataSource): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const waiting = await db.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return;
  }
  throw new Error('nobody waits for a lock');
}
