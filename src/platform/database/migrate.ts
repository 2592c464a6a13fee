import pg from 'pg';
import { DataSource } from 'typeorm';
import { ConfigError } from '../config/load-config.js';
import { withAdvisoryLock } from './advisory-lock.js';
import { dataSourceOptions } from './data-source-options.js';

/** Any number that no other lock of ours uses; the same in every replica. */
const MIGRATION_LOCK = 4_270_001;

const LEAST_MAJOR_VERSION = 15;

/** Throws ConfigError where the server is too old, or its database cannot hold every name. */
async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect().catch((error: unknown) => {
    if (error instanceof pg.DatabaseError)
      throw new ConfigError([`DATABASE_URL is refused: ${error.message}.`]);
    throw error;
  });
  try {
    const { rows } = await client.query<{ major: number; encoding: string }>(
      `SELECT current_setting('server_version_num')::integer / 10000 AS major,
              current_setting('server_encoding') AS encoding`,
    );
    const [server] = rows;
    if (server && server.major < LEAST_MAJOR_VERSION) {
      throw new ConfigError([
        `DATABASE_URL names a PostgreSQL ${server.major}; ${LEAST_MAJOR_VERSION} is the oldest that will do.`,
      ]);
    }
    if (server && server.encoding !== 'UTF8') {
      throw new ConfigError([
        `DATABASE_URL names a database in ${server.encoding}; make one with ENCODING 'UTF8'.`,
      ]);
    }
  } finally {
    await client.end();
  }
}

/**
 * Brings the schema up to date. Replicas that start together wait for one another here, so each step runs once.
 * Returns the names of the steps that ran.
 */
export async function migrate(url: string): Promise<string[]> {
  await checkServer(url);
  return withAdvisoryLock(url, MIGRATION_LOCK, async () => {
    const dataSource = new DataSource(dataSourceOptions({ url, poolSize: 2 }));
    await dataSource.initialize();
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      return ran.map((step) => step.name);
    } finally {
      await dataSource.destroy();
    }
  });
}
