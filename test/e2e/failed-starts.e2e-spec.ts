import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { runCommand } from '../support/command-line.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';

const MONDAY = '2025-11-10T09:00:00-05:00';
/** No test server: without DATABASE_URL, the service starts the embedded one of DATA_DIR. */
const EMBEDDED = '';

let folder: string;
let servers: ServerProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'failed-start-'));
  // otherwise a cluster started by root is stored elsewhere and remains there
  await chmod(folder, 0o755);
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  await rm(folder, { recursive: true, force: true });
});

/** The result of a start that cannot succeed. */
async function failedStart(
  databaseUrl: string,
  env: Record<string, string>,
): Promise<{ exitCode: number | null; lines: string[] }> {
  const server = startServer(databaseUrl, MONDAY, { DEMO_FLEET: 'false', ...env });
  servers.push(server);
  return { exitCode: await server.ended, lines: server.output().trimEnd().split('\n') };
}

async function withBusyPort<T>(work: (port: number) => Promise<T>): Promise<T> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    return await work((other.address() as AddressInfo).port);
  } finally {
    other.close();
  }
}

describe('a service that cannot listen', () => {
  let database: TestDatabase;
  let db: DataSource;

  beforeEach(async () => {
    database = await createTestDatabase();
    db = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
  });

  afterEach(async () => {
    await db.destroy();
    await database.drop();
  });

  it('begins no posting run although one is due, and reports the busy port in one line', async () => {
    await seedDueInstallments(db, { loans: 3, installments: 1, startWeek: '2025-11-09' });
    await withBusyPort(async (port) => {
      expect(await failedStart(database.url, { PORT: String(port) })).toEqual({
        exitCode: 1,
        lines: [
          `The service cannot listen on HOST 127.0.0.1, PORT ${port}: another process already uses this port. ` +
            'Stop it or change PORT.',
        ],
      });
    });
    expect(await db.query('SELECT id FROM posting_runs')).toEqual([]);
  });

  it.each([
    ['an address of another machine', '203.0.113.7', 'this machine has no such address'],
    ['an unknown host name', 'no-such-host.invalid', 'there is no such host'],
  ])('blames HOST, not the database, for %s', async (_, HOST, reason) => {
    const { exitCode, lines } = await failedStart(database.url, { HOST });
    expect({ exitCode, lines }).toEqual({
      exitCode: 1,
      lines: [expect.stringContaining(`The service cannot listen on HOST ${HOST}, PORT 0: ${reason}.`)],
    });
  });
});

describe('a service with the embedded database', () => {
  it('creates no database when the port is in use', async () => {
    await withBusyPort(async (port) => {
      const { exitCode, lines } = await failedStart(EMBEDDED, { DATA_DIR: folder, PORT: String(port) });
      expect(exitCode).toBe(1);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(
        `cannot listen on HOST 127.0.0.1, PORT ${port}: another process already uses this port`,
      );
      expect(await readdir(folder)).toEqual([]);
    });
  });

  it('creates no database when HOST is not an address of this machine', async () => {
    const { exitCode, lines } = await failedStart(EMBEDDED, {
      DATA_DIR: folder,
      HOST: 'no-such-host.invalid',
    });
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining('there is no such host. Set HOST to an address')]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('reports in one line that DATA_DIR is not a usable directory', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    for (const dataDir of [file, path.join(file, 'below')]) {
      expect(await failedStart(EMBEDDED, { DATA_DIR: dataDir })).toEqual({
        exitCode: 1,
        lines: [
          expect.stringMatching(
            /^DATA_DIR .*a-file.* cannot be used: it is a file.*\. Set DATA_DIR to a folder\.$/,
          ),
        ],
      });
    }
  });

  it('reports in one line that DATA_DIR belongs to another PostgreSQL version', async () => {
    await writeFile(path.join(folder, 'pg17'), '');
    expect(await failedStart(EMBEDDED, { DATA_DIR: folder })).toEqual({
      exitCode: 1,
      lines: [expect.stringContaining('contains the data of another PostgreSQL')],
    });
  });
});

describe('a command that needs existing data', () => {
  const commands = [['ledger:verify'], ['post-week'], ['user:unlock', '--email', 'a@example.com']];

  it.each(commands)('rejects a DATA_DIR without a database, and does not create one: %s', async (...args) => {
    const mistyped = path.join(folder, 'dta');
    const { exitCode, stdout, stderr } = await runCommand(EMBEDDED, args, { DATA_DIR: mistyped });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `error: DATA_DIR ${mistyped} contains no database: set it to the folder of an existing one. Nothing was changed.\n`,
    });
    expect(existsSync(mistyped)).toBe(false);
  });

  it.each(commands)(
    'rejects an empty database in DATABASE_URL, and runs no migration: %s',
    async (...args) => {
      const database = await createTestDatabase('template1');
      try {
        const { exitCode, stdout, stderr } = await runCommand(database.ownerUrl, args);
        expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
        expect(stderr).toMatch(/^error: The database is empty: .* Nothing was changed\.\n$/);
        const db = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
        const tables = await db.query<unknown[]>(`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`);
        await db.destroy();
        expect(tables).toEqual([]);
      } finally {
        await database.drop();
      }
    },
  );

  it('rejects a DATA_DIR that is a file with one sentence', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    expect(await runCommand(EMBEDDED, ['ledger:verify'], { DATA_DIR: file })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `error: DATA_DIR ${file} cannot be used: it is a file, or a part of its path is one. Set DATA_DIR to a folder.\n`,
    });
  });

  it('works on data that a command created before the first start', async () => {
    const env = { DATA_DIR: path.join(folder, 'new'), AUTH_JWT_SECRET: '' };
    const make = ['user:create', '--email', 'a@example.com', '--name', 'Ada Admin', '--role', 'ADMIN'];
    const made = await runCommand(EMBEDDED, make, env, 'a long and odd pass phrase\n');
    expect(made).toMatchObject({ exitCode: 0, stdout: 'Created user 1, a@example.com\n' });
    expect(await runCommand(EMBEDDED, ['ledger:verify'], env)).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining('Ledger verification passed: 0 differences') as string,
      // the user does not care whether the command started the database or used a running one
      stderr: expect.not.stringContaining('PostgreSQL') as string,
    });
  });
});
