import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, copyFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { seedFleet } from '../../src/demo/fleet-seeding.js';
import { SealLinkingService } from '../../src/modules/ledger/integrity/seal-linking.service.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { DEBIAN_BIN, startDebianPostgres } from '../support/debian-postgres.js';
import type { DebianPostgres } from '../support/debian-postgres.js';
import { MutableClock } from '../support/mutable-clock.js';
import { expectConstraintViolation } from '../support/expect-constraint-violation.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import { dumpTables } from '../support/table-dump.js';
import { startTestApp } from '../support/test-app.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NOW = '2025-10-29T09:00:00-04:00';
const FLEET = { drivers: 8, loans: 30, weeks: 3, seed: 1 };

let server: DebianPostgres;
let folder: string;
let head: string;
const opened: DataSource[] = [];

async function open(database: string): Promise<DataSource> {
  const db = await new DataSource({
    type: 'postgres',
    url: server.urlOf(database),
    poolSize: 1,
  }).initialize();
  opened.push(db);
  return db;
}

async function createDatabase(name: string): Promise<void> {
  const admin = await open('postgres');
  await admin.query(`CREATE DATABASE ${name}`);
}

/** Runs one of the scripts on the database, with the PostgreSQL programs of Debian. */
async function run(script: 'backup' | 'restore', database: string, ...args: string[]) {
  const child = spawn(process.execPath, [path.join(ROOT, `scripts/${script}.mjs`), ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${DEBIAN_BIN}:${process.env['PATH']}`,
      NODE_ENV: 'test',
      DATABASE_URL: database && server.urlOf(database),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, ...output };
}

async function addFleet(database: string): Promise<void> {
  const databaseUrl = server.urlOf(database);
  const config = loadConfig({ NODE_ENV: 'test', DATABASE_URL: databaseUrl, AUTH_JWT_SECRET: SIGNING_KEY });
  const appContext = {
    config,
    clock: new MutableClock(NOW),
    databaseUrl,
    ownerUrl: databaseUrl,
    jwtSecret: '',
  };
  await seedFleet(appContext, FLEET, () => undefined);
  const app = await startTestApp({ now: NOW, databaseUrl });
  await app.get(SealLinkingService).linkWaiting();
  await app.close();
}

const inFolder = (name: string): string => path.join(folder, name);

/** All tables with their rows, all sequence positions and all rules of the schema. */
async function contentsOf(database: string) {
  const db = await open(database);
  const list = (sql: string) => db.query<object[]>(sql);
  const tables = await db.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return {
    rows: await dumpTables(
      db,
      tables.map(({ name }) => name),
    ),
    sequences: await list('SELECT sequencename, last_value FROM pg_sequences ORDER BY 1'),
    constraints: await list(
      `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
    ),
    // a condition that was parsed and printed again has fewer brackets and the same meaning
    triggers: await list(
      `SELECT translate(pg_get_triggerdef(oid), '()', '') AS trigger, tgenabled FROM pg_trigger
       WHERE NOT tgisinternal ORDER BY 1`,
    ),
    functions: await list(
      `SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1`,
    ),
    indexes: await list(`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`),
  };
}

beforeAll(async () => {
  server = await startDebianPostgres();
  folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-backup-'));
  await createDatabase('fleet');
  const { migrate } = await import('../../src/platform/database/migrate.js');
  await migrate(server.urlOf('fleet'));
  await addFleet('fleet');
  const backup = await run('backup', 'fleet', inFolder('fleet.dump'));
  expect(backup).toMatchObject({ exitCode: 0, stderr: '' });
  head = /^Chain head: (\d+:[0-9a-f]{64})$/m.exec(backup.stdout)?.[1] ?? '';
});

afterAll(async () => {
  for (const db of opened) await db.destroy();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('is a file that only its owner can read, and does not overwrite a file', async () => {
    expect(statSync(inFolder('fleet.dump')).mode & 0o777).toBe(0o600);
    const again = await run('backup', 'fleet', inFolder('fleet.dump'));
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toMatch(
      /^error: .+fleet\.dump already exists: a backup never overwrites a file\.\n$/,
    );
  });

  it('leaves no file and reports the reason when it fails', async () => {
    const failed = await run('backup', 'no_such_database', inFolder('none.dump'));
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('database "no_such_database" does not exist');
    expect(readdirSync(folder)).toEqual(['fleet.dump']);
  });

  it('reports a missing database or file argument', async () => {
    expect((await run('backup', '', inFolder('x.dump'))).stderr).toMatch(/^error: DATABASE_URL is not set/);
    expect((await run('backup', 'fleet')).stderr).toBe(
      'error: name the file to write: npm run backup -- FILE\n',
    );
  });
});

describe('a restored database', () => {
  beforeAll(async () => {
    await createDatabase('restored');
    const restore = await run('restore', 'restored', inFolder('fleet.dump'), head);
    expect(restore.stdout).toContain('Ledger verification passed: 0 differences\n');
    expect(restore.stdout).toContain(`Chain head: ${head}\n`);
    expect(restore.exitCode).toBe(0);
  });

  it('has all rows, sequences, constraints, triggers, functions and indexes of the original', async () => {
    const restored = await contentsOf('restored');
    expect(restored).toEqual(await contentsOf('fleet'));
    expect(restored.rows['payment_allocations']?.length).toBeGreaterThan(10);
    expect(restored.triggers.length).toBeGreaterThan(10);
  });

  it('still rejects tampering', async () => {
    const db = await open('restored');
    await expectConstraintViolation(db, { code: '55000' }, 'UPDATE ledger_postings SET amount = amount + 1');
    await expectConstraintViolation(db, { code: '55000' }, 'DELETE FROM ledger_chain');
  });

  it('is not overwritten by another restore', async () => {
    const before = await contentsOf('restored');
    const again = await run('restore', 'restored', inFolder('fleet.dump'));
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toMatch(/^error: restored is not empty, and a restore never overwrites data\. /);
    expect(await contentsOf('restored')).toEqual(before);
  });

  it('accepts new drivers, loans and payments, and passes its verification', async () => {
    await addFleet('restored');
    await run('backup', 'restored', inFolder('later.dump'));
    await createDatabase('later');
    const restore = await run('restore', 'later', inFolder('later.dump'), head);
    expect(restore.stdout).toContain(`${2 * FLEET.loans} loans\n`);
    expect(restore.stdout).toContain('Ledger verification passed: 0 differences\n');
    expect(restore.exitCode).toBe(0);
  });
});

describe('a restore', () => {
  it('leaves the database empty when the file is truncated', async () => {
    copyFileSync(inFolder('fleet.dump'), inFolder('cut.dump'));
    truncateSync(inFolder('cut.dump'), Math.floor(statSync(inFolder('fleet.dump')).size / 2));
    await createDatabase('cut');
    const restore = await run('restore', 'cut', inFolder('cut.dump'));
    expect(restore.exitCode).toBe(1);
    expect(restore.stderr).toMatch(/error: pg_restore failed\.\n$/);
    expect((await contentsOf('cut')).rows).toEqual({});
  });

  it('fails when the chain does not contain the stored head', async () => {
    await createDatabase('another');
    const restore = await run('restore', 'another', inFolder('fleet.dump'), `1:${'0'.repeat(64)}`);
    expect(restore.exitCode).toBe(1);
    expect(restore.stderr).toMatch(/error: the verification of another failed: .+\n$/);
  });

  it('reports a missing file', async () => {
    expect(existsSync(inFolder('missing.dump'))).toBe(false);
    const restore = await run('restore', 'fleet', inFolder('missing.dump'));
    expect(restore.stderr).toMatch(/^error: the file .+missing\.dump does not exist\.\n$/);
  });
});
