import { DatabaseClient } from './database-client.js';

const LOCK_TIMEOUT_MS = 120_000;

/**
 * Runs the work while no other process holds the lock with this key. The lock ends with the process, even if the
 * process crashes.
 */
export async function withAdvisoryLock<T>(url: string, key: number, work: () => Promise<T>): Promise<T> {
  const client = await beginForLocks(url);
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [key]);
    return await work();
  } finally {
    await client.end();
  }
}

/**
 * Opens a connection for locks only, with one transaction for its whole life. A transaction lock also works behind
 * PgBouncer in transaction mode, where a session lock would stay behind. The transaction has no snapshot, so it
 * does not delay vacuum.
 */
export async function beginForLocks(url: string): Promise<DatabaseClient> {
  const client = new DatabaseClient({ connectionString: url, application_name: 'driver-loans' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}
