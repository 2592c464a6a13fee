import type { DataSource } from 'typeorm';
import { waitFor } from './wait-for.js';

/**
 * The connections of the application with an open transaction, which are those that read a row stream. The state `active` is
 * not enough: autovacuum and the connection that cancels the query of a stream are active too.
 */
export function openStreams(db: DataSource): Promise<{ pid: number; state: string }[]> {
  return db.query(
    `SELECT pid, state FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
       AND state <> 'idle' AND query NOT LIKE 'SELECT pg_cancel_backend%'`,
  );
}

export function waitForNoOpenStream(db: DataSource): Promise<true> {
  return waitFor('no stream is open', async () => ((await openStreams(db)).length === 0 ? true : null));
}
