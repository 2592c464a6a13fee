import pg from 'pg';
import { DataSource } from 'typeorm';
import { ConfigError } from '../config/load-config.js';
import { withAdvisoryLock } from './advisory-lock.js';
import { dataSourceOptions } from './data-source-options.js';
import { isDatabaseUnavailable } from './database-unavailable.js';
import { DatabaseClient } from './database-client.js';
import { grantToService } from './roles/service-grants.js';
import { sqlStateOf } from './transactions.js';

/** An arbitrary number that no other lock uses, the same in every replica. */
const MIGRATION_LOCK = 4_270_001;

const MIN_MAJOR_VERSION = 15;
const INSUFFICIENT_PRIVILEGE = '42501';

interface MigrateOptions {
  /** Rejects an empty database and does not change it. */
  readonly mustExist?: boolean;
}

interface ServerFacts {
  readonly major: number;
  readonly encoding: string;
  readonly role: string;
}

/**
 * Returns the role of the URL. Throws ConfigError if the login is rejected, the server is too old, or the encoding
 * of the database is not UTF8, so that it cannot store every name.
 */
async function checkServer(url: string, setting: string): Promise<string> {
  const client = new DatabaseClient({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect().catch((error: unknown) => {
    if (error instanceof pg.DatabaseError && !isDatabaseUnavailable(error))
      throw new ConfigError([`${setting} is refused: ${error.message}.`]);
    throw error;
  });
  try {
    const { rows } = await client.query<ServerFacts>(
      `SELECT current_setting('server_version_num')::integer / 10000 AS major,
              current_setting('server_encoding') AS encoding, current_user::text AS role`,
    );
    const [{ major, encoding, role }] = rows as [ServerFacts];
    if (major < MIN_MAJOR_VERSION) {
      throw new ConfigError([`${setting} names a PostgreSQL ${major}; the minimum is ${MIN_MAJOR_VERSION}.`]);
    }
    if (encoding !== 'UTF8') {
      throw new ConfigError([
        `${setting} names a database with the encoding ${encoding}; create one with ENCODING 'UTF8'.`,
      ]);
    }
    return role;
  } finally {
    await client.end();
  }
}

/**
 * Migrates the schema. Replicas that start together wait for each other here, so each step runs once. Returns the
 * number of steps that ran, and whether the database was empty before.
 *
 * @param url connects as the owner of the tables
 * @param serviceUrl connects as the service role, which receives its grants if it is a different role
 */
export async function migrate(
  url: string,
  serviceUrl = url,
  { mustExist = false }: MigrateOptions = {},
): Promise<{ readonly steps: number; readonly wasEmpty: boolean }> {
  const isShared = url === serviceUrl;
  const owner = await checkServer(url, isShared ? 'DATABASE_URL' : 'DATABASE_MIGRATION_URL');
  const service = isShared ? owner : await checkServer(serviceUrl, 'DATABASE_URL');
  return withAdvisoryLock(url, MIGRATION_LOCK, async () => {
    const dataSource = new DataSource(dataSourceOptions({ url, poolSize: 2 }));
    await dataSource.initialize();
    try {
      if (mustExist) await requireSchema(dataSource);
      const ran = await dataSource.runMigrations({ transaction: 'each' }).catch((error: unknown) => {
        throw explainError(error, owner);
      });
      if (service !== owner && !(await isNewer(dataSource))) await grantToService(dataSource, service);
      return { steps: ran.length, wasEmpty: ran.length === dataSource.migrations.length };
    } finally {
      await dataSource.destroy();
    }
  });
}

async function requireSchema(dataSource: DataSource): Promise<void> {
  const [{ exists }] = await dataSource.query<[{ exists: boolean }]>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
  );
  if (exists) return;
  throw new ConfigError([
    'The database is empty: set DATABASE_URL or DATA_DIR to the one of an existing service. Nothing was changed.',
  ]);
}

/** Whether a later release migrated the database. Then this release does not know all tables and grants. */
async function isNewer(dataSource: DataSource): Promise<boolean> {
  const [{ count }] = await dataSource.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM schema_migrations',
  );
  return count > dataSource.migrations.length;
}

function explainError(error: unknown, role: string): unknown {
  if (sqlStateOf(error) !== INSUFFICIENT_PRIVILEGE) return error;
  return new ConfigError([
    `The database role ${role} cannot run the migrations: set DATABASE_MIGRATION_URL to the role that owns the tables.`,
  ]);
}
