import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Set by global-setup.mjs: a superuser's URL of the tests' PostgreSQL. */
const ADMIN_URL_VARIABLE = 'TEST_DATABASE_ADMIN_URL';

/** A database of the test's own, with all migrations run and no rows. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'driver_loans_template';
/** Workers clone one after another: the server refuses to copy a template that is in use. */
const CLONE_LOCK = 4_270_099;

/** @param template the migrated one, or PostgreSQL's own empty `template1` */
export async function createTestDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [CLONE_LOCK]);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** The lock ends with the connection, so a test that is killed leaves none behind. */
async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function adminUrl(): string {
  const url = process.env[ADMIN_URL_VARIABLE];
  if (!url) throw new Error('There is no test database: run the tests through jest.config.cjs.');
  return url;
}
