import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Longer than any test waits for something that comes, also on a busy machine */
const LIMIT_MS = 90_000;
const POLL_MS = 10;

/** Asks until the answer is one; throws where there is none in time. */
export async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(POLL_MS);
  }
}

/** Returns as soon as so many connections to the database wait for a lock. */
export async function untilWaiting(db: DataSource, count: number): Promise<void> {
  await until(`${count} wait for a lock`, async () => {
    const waiting = await db.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length >= count ? waiting : null;
  });
}
