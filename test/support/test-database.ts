import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Set by global-setup.mjs: the PostgreSQL of the tests as superuser, who owns the tables, and as the service role. */
const ADMIN_URL_VARIABLE = 'TEST_DATABASE_ADMIN_URL';
const SERVICE_URL_VARIABLE = 'TEST_DATABASE_SERVICE_URL';

/** A new database with all migrations and only the rows of its template. */
export interface TestDatabase {
  readonly name: string;
  /** The URL for the service role */
  readonly url: string;
  /** The URL for the owner of the tables */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'driver_loans_template';
/** Workers clone one after another because the server cannot copy a template that is in use. */
const CLONE_LOCK = 4_270_099;

/** @param template the migrated template, the empty `template1`, or another database without connections */
export async function createTestDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [CLONE_LOCK]);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const onDatabase = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    name,
    url: onDatabase(urlIn(SERVICE_URL_VARIABLE)),
    ownerUrl: onDatabase(urlIn(ADMIN_URL_VARIABLE)),
    drop: () => asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** The URL of the same database for its owner, without a proxy. The URL of another role is unchanged. */
export function asOwnerUrl(url: string): string {
  const { username, pathname } = new URL(url);
  if (username !== new URL(urlIn(SERVICE_URL_VARIABLE)).username) return url;
  return Object.assign(new URL(urlIn(ADMIN_URL_VARIABLE)), { pathname }).href;
}

/** The lock ends with the connection, so a killed test leaves no lock. */
async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: urlIn(ADMIN_URL_VARIABLE) });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlIn(variable: string): string {
  const url = process.env[variable];
  if (!url) throw new Error('There is no test database: run the tests through jest.config.cjs.');
  return url;
}
