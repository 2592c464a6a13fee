import pg from 'pg';
import { DataSource } from 'typeorm';
import { ConfigError } from '../config/load-config.js';
import { withAdvisoryLock } from './advisory-lock.js';
import { dataSourceOptions } from './data-source-options.js';
import { isDatabaseUnavailable } from './database-unavailable.js';
import { DatabaseClient } from './database-client.js';
import { grantToService } from './roles/service-grants.js';
import { sqlStateOf } from './transactions.js';

/** Any number that no other lock of ours uses; the same in every replica. */
const MIGRATION_LOCK = 4_270_001;

const LEAST_MAJOR_VERSION = 15;
const INSUFFICIENT_PRIVILEGE = '42501';

interface MigrateOptions {
  /** Refuses an empty database, and leaves it as it is. */
  readonly mustExist?: boolean;
}

interface ServerFacts {
  readonly major: number;
  readonly encoding: string;
  readonly role: string;
}

/**
 * The role that the URL signs in as. Throws ConfigError where the sign-in is refused, the server is too old, or its database
 * cannot hold every name.
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
    if (major < LEAST_MAJOR_VERSION) {
      throw new ConfigError([
        `${setting} names a PostgreSQL ${major}; ${LEAST_MAJOR_VERSION} is the oldest that will do.`,
      ]);
    }
    if (encoding !== 'UTF8') {
      throw new ConfigError([`${setting} names a database in ${encoding}; make one with ENCODING 'UTF8'.`]);
    }
    return role;
  } finally {
    await client.end();
  }
}

/**
 * Brings the schema up to date. Replicas that start together wait for one another here, so each step runs once.
 * Answers how many steps ran, and whether they were all there are: the database was empty before.
 *
 * @param url signs in as the owner of the tables
 * @param serviceUrl signs in as the role of the service, which is granted what it needs where it is another one
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
        throw explain(error, owner);
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
    'The database is empty: set DATABASE_URL, or DATA_DIR, to that of an existing service. Nothing was done.',
  ]);
}

/** Whether a later release has migrated the database: it knows tables that this one does not, and so their grants. */
async function isNewer(dataSource: DataSource): Promise<boolean> {
  const [{ count }] = await dataSource.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM schema_migrations',
  );
  return count > dataSource.migrations.length;
}

function explain(error: unknown, role: string): unknown {
  if (sqlStateOf(error) !== INSUFFICIENT_PRIVILEGE) return error;
  return new ConfigError([
    `The database role ${role} cannot run the migrations: set DATABASE_MIGRATION_URL to the role that owns the tables.`,
  ]);
}
