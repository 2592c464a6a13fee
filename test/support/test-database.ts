import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Set by global-setup.mjs: the tests' PostgreSQL as its superuser, who owns the tables, and as the role of the service. */
const ADMIN_URL_VARIABLE = 'TEST_DATABASE_ADMIN_URL';
const SERVICE_URL_VARIABLE = 'TEST_DATABASE_SERVICE_URL';

/** A database of the test's own, with all migrations run and no rows but those of a template that was named. */
export interface TestDatabase {
  readonly name: string;
  /** As the role of the service */
  readonly url: string;
  /** As the owner of the tables, who may do everything */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'driver_loans_template';
/** Workers clone one after another: the server refuses to copy a template that is in use. */
const CLONE_LOCK = 4_270_099;

/** @param template the migrated one, PostgreSQL's own empty `template1`, or one that nobody is connected to */
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

/** The database of a URL as its owner, past whatever the URL goes along; a URL of another role stays as it is. */
export function asOwnerUrl(url: string): string {
  const { username, pathname } = new URL(url);
  if (username !== new URL(urlIn(SERVICE_URL_VARIABLE)).username) return url;
  return Object.assign(new URL(urlIn(ADMIN_URL_VARIABLE)), { pathname }).href;
}

/** The lock ends with the connection, so a test that is killed leaves none behind. */
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
