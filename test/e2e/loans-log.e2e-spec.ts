import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const MONDAY = '2025-11-10T09:00:00-05:00';
const WEEK = '2025-11-09';

interface Line {
  readonly context: string;
  readonly event: string;
  readonly run_id: number;
}

describe('the log file loans.log', () => {
  let database: TestDatabase;
  let folder: string;
  let server: ServerProcess | null;

  const filed = (): Line[] => {
    const file = path.join(folder, 'loans.log');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  };

  beforeEach(async () => {
    server = null;
    folder = mkdtempSync(path.join(tmpdir(), 'loans-log-'));
    database = await createTestDatabase();
    const db = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
    await seedDueInstallments(db, { loans: 3, installments: 1, startWeek: WEEK });
    await db.destroy();
  });

  afterEach(async () => {
    await server?.end('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const untilReady = (): Promise<true> =>
    waitFor('the service is ready', () => Promise.resolve(server?.output().includes('ready on') || null));

  it('contains the scheduled run with its id, completely after the process has stopped', async () => {
    server = startServer(database.url, MONDAY, { LOG_DIR: folder });
    await waitFor('the week is posted', () =>
      Promise.resolve(server?.output().includes('Posted 3/3 installments') || null),
    );
    await untilReady();
    expect(await server.end('SIGTERM')).toBe(0);
    const [started, completed] = filed();
    expect(started).toMatchObject({
      context: 'loans',
      event: 'posting.started',
      trigger: 'CRON',
      period_end: '2025-11-15',
    });
    expect(completed).toMatchObject({
      event: 'posting.completed',
      run_id: started?.run_id,
      installments_posted: 3,
      total_amount_posted: '598.64',
      errors: 0,
    });
  });

  it('contains the run of the command line, which prints nothing on stderr', async () => {
    const child = spawn(process.execPath, ['dist/src/cli/main.js', 'post-week'], {
      cwd: path.resolve(__dirname, '../..'),
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: database.url,
        AUTH_JWT_SECRET: SIGNING_KEY,
        CLOCK_NOW: MONDAY,
        LOG_DIR: folder,
      },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(filed().map(({ event, run_id }) => [event, typeof run_id])).toEqual([
      ['posting.started', 'number'],
      ['posting.completed', 'number'],
    ]);
  });

  it('is optional: if it cannot be written, the service reports this once and keeps running', async () => {
    server = startServer(database.url, MONDAY, { LOG_DIR: '/dev/null/logs' });
    await untilReady();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.output().match(/LOG_DIR \/dev\/null\/logs is not writable/g)).toHaveLength(1);
  });

  it('leaves the console of a production process with plain startup lines and JSON log lines', async () => {
    server = startServer(database.url, '', { NODE_ENV: 'production', LOG_DIR: folder });
    await untilReady();
    expect(await server.end('SIGTERM')).toBe(0);
    const printed = server.output().trim().split('\n');
    const plain = printed.filter((line) => !line.startsWith('{'));
    expect(plain.filter((line) => !/^(Console|API): +http|^Add a user: |^ready on http/.test(line))).toEqual(
      [],
    );
    const logged = printed.filter((line) => !plain.includes(line)).map((line) => JSON.parse(line) as object);
    expect(logged).toContainEqual(expect.objectContaining({ level: 30 }));
  });
});
