import pg from 'pg';

const LOCK_TIMEOUT_MS = 120_000;

/**
 * Does the work while no other process that asks for the same key does its own. The lock has a connection to itself:
 * it goes with the process, however that ends.
 */
export async function withAdvisoryLock<T>(url: string, key: number, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'driver-loans' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SELECT set_config('lock_timeout', $1, false)`, [`${LOCK_TIMEOUT_MS}`]);
    await client.query('SELECT pg_advisory_lock($1)', [key]);
    return await work();
  } finally {
    await client.end();
  }
}
