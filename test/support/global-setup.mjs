import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

const root = path.resolve(import.meta.dirname, '../..');
const TEMPLATE = 'driver_loans_template';

/** Tests need no durability because their databases exist only for minutes. The small log leaves memory free. */
const FAST_AND_LOSSY = [
  'fsync = off',
  'synchronous_commit = off',
  'full_page_writes = off',
  "max_wal_size = '256MB'",
];

/** The file system in memory of Linux: there a clone of the template takes a tenth of the time. */
const IN_MEMORY = '/dev/shm';
/** More than the databases of a whole test run, in bytes. Containers often have only 64 MB. */
const MEMORY_NEEDED = 4 * 1024 ** 3;

/**
 * Runs once before all tests that need a database. It starts a PostgreSQL in a new temporary directory and creates the
 * migrated template that each test clones (test-database.ts). The schema comes from the build, so the build is updated
 * first, also for a plain `npx jest`.
 */
export default async function globalSetup() {
  build();
  const { EmbeddedPostgres } = await fromDist('src/platform/database/embedded-postgres.js');
  const dataDir = mkdtempSync(path.join(hasMemory() ? IN_MEMORY : os.tmpdir(), 'driver-loans-test-'));
  const server = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  globalThis.stopTestPostgres = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // Jest does not run the teardown when it is interrupted
    process.once(signal, () => void globalThis.stopTestPostgres().finally(() => process.exit(1)));
  }
  try {
    await makeTemplate(server);
  } catch (error) {
    await globalThis.stopTestPostgres();
    throw error;
  }
  process.env.TEST_DATABASE_ADMIN_URL = server.ownerUrl;
  process.env.TEST_DATABASE_SERVICE_URL = server.url;
  // for processes that the tests start
  process.env.LOG_DIR = path.join(dataDir, 'logs');
}

function hasMemory() {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= MEMORY_NEEDED;
  } catch {
    return false;
  }
}

function build() {
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed, so there is no schema to test against.');
}

async function makeTemplate({ ownerUrl, url }) {
  const { migrate } = await fromDist('src/platform/database/migrate.js');
  await query(ownerUrl, ...FAST_AND_LOSSY.map((setting) => `ALTER SYSTEM SET ${setting}`));
  await query(ownerUrl, 'SELECT pg_reload_conf()', `CREATE DATABASE ${TEMPLATE}`);
  const ofTemplate = (to) => Object.assign(new URL(to), { pathname: `/${TEMPLATE}` }).href;
  await migrate(ofTemplate(ownerUrl), ofTemplate(url));
  await query(ofTemplate(ownerUrl), 'ANALYZE');
}

async function query(url, ...statements) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function fromDist(file) {
  return import(pathToFileURL(path.join(root, 'dist', file)).href);
}
