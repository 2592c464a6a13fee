import { DatabaseClient } from './database-client.js';

const LOCK_TIMEOUT_MS = 120_000;

/**
 * Does the work while no other process that asks for the same key does its own. The lock goes with the process, however
 * that ends.
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
 * A connection for locks alone, in one transaction from end to end: so it holds behind a PgBouncer that lends out
 * connections by the transaction, where a lock of the session would be left behind. It keeps no vacuum waiting, as it has no
 * snapshot.
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
