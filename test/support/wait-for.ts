import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Longer than any condition needs, even on a busy machine */
const LIMIT_MS = 90_000;
const POLL_MS = 10;

/** Polls until the answer is not null. Throws after the time limit. */
export async function waitFor<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`timed out waiting until ${what}`);
    await sleep(POLL_MS);
  }
}

/** Waits until at least this many connections to the database wait for a lock. */
export async function waitForLockWaiters(db: DataSource, count: number): Promise<void> {
  await waitFor(`${count} connections wait for a lock`, async () => {
    const waiting = await db.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length >= count ? waiting : null;
  });
}
