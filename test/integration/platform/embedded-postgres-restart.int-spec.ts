import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { ask, EmbeddedCluster, kill, leave, nextReport } from '../../support/embedded-cluster.js';
import { waitFor } from '../../support/wait-for.js';

const IS_ROOT = process.getuid?.() === 0;
const IS_POSIX = process.platform !== 'win32';

const cluster = new EmbeddedCluster();

beforeAll(async () => {
  await cluster.create();
  await (await cluster.start()).stop();
});

beforeEach(() => {
  cluster.lines = [];
});

afterEach(() => cluster.endAll());

afterAll(() => cluster.remove());

describe('the embedded PostgreSQL on the data of an earlier run', () => {
  it('keeps its data over a restart and stops once however often stop is called', async () => {
    const first = await cluster.start();
    await ask(first.ownerUrl, 'create table kept_by_restart as select 42 as answer');
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    expect(existsSync(cluster.pidFile)).toBe(false);

    const second = await cluster.start();
    expect(await ask(second.ownerUrl, 'select answer from kept_by_restart')).toBe(42);
    await second.stop();
    expect(cluster.lines.filter((line) => line === 'PostgreSQL is stopped')).toHaveLength(2);
  });

  it('joins the running server of a killed process and stops it at the end', async () => {
    const child = cluster.startChild();
    const { url } = await nextReport(child);
    await ask(url, 'create table kept_by_orphan as select 42 as answer');
    const orphan = await cluster.serverPid();
    await kill(child);

    const database = await cluster.start();
    expect(database.ownerUrl).toBe(url);
    expect(await cluster.serverPid()).toBe(orphan);
    expect(await ask(database.ownerUrl, 'select answer from kept_by_orphan')).toBe(42);
    await database.stop();
    expect(existsSync(cluster.pidFile)).toBe(false);
  });

  it('starts despite a postmaster.pid of a dead process or of another program', async () => {
    const child = cluster.startChild();
    await ask((await nextReport(child)).url, 'create table kept_by_crash as select 42 as answer');
    await kill(child);
    process.kill(await cluster.serverPid(), 'SIGKILL');
    const afterCrash = await cluster.start();
    expect(await ask(afterCrash.ownerUrl, 'select answer from kept_by_crash')).toBe(42);
    const stale = await readFile(cluster.pidFile, 'utf8');
    await afterCrash.stop();

    const { uid, gid } = await stat(path.join(cluster.dataDir, 'pg18'));
    const stranger = spawn('sleep', ['60'], IS_ROOT ? { uid, gid } : {});
    cluster.children.push(stranger);
    await once(stranger, 'spawn');
    await writeFile(cluster.pidFile, stale.replace(/^\d+/, String(stranger.pid)));
    const afterReuse = await cluster.start();
    expect(await ask(afterReuse.ownerUrl, 'select answer from kept_by_crash')).toBe(42);
    expect(stranger.exitCode).toBeNull();
    await afterReuse.stop();
  });

  it('is stopped by the last process that leaves, whichever started it', async () => {
    const starter = cluster.startChild();
    await nextReport(starter);
    const joined = await cluster.start();
    await leave(starter);
    expect(await ask(joined.ownerUrl, 'select 1')).toBe(1);

    const visitor = cluster.startChild();
    await nextReport(visitor);
    await leave(visitor);
    expect(await ask(joined.ownerUrl, 'select 1')).toBe(1);

    await joined.stop();
    expect(existsSync(cluster.pidFile)).toBe(false);
    expect(cluster.lines.at(-1)).toBe('PostgreSQL is stopped');
  });

  it('is stopped by exactly one of two processes that leave at the same time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const databases = await Promise.all([cluster.start(), cluster.start()]);
      cluster.lines = [];
      await Promise.all(databases.map((database) => database.stop()));
      expect(cluster.lines.sort()).toEqual([
        'PostgreSQL is stopped',
        'PostgreSQL keeps running: another process uses it',
      ]);
      expect(existsSync(cluster.pidFile)).toBe(false);
    }
  });

  it('ignores the files of processes of an earlier server, also if their pids are used again', async () => {
    const leftover = path.join(cluster.dataDir, `client-${process.pid}-${process.pid}-leftover`);
    await writeFile(leftover, '');
    const database = await cluster.start();
    expect(existsSync(leftover)).toBe(false);
    await writeFile(leftover, '');
    await database.stop();
    expect(cluster.lines.at(-1)).toBe('PostgreSQL is stopped');
    expect((await readdir(cluster.dataDir)).filter((name) => name.startsWith('client-'))).toEqual([]);
  });

  it('serves its first process after a crash closed all connections and a second process left', async () => {
    const database = await cluster.start();
    const isReady = (): Promise<boolean> =>
      ask(database.ownerUrl, 'select 1').then(
        () => true,
        () => false,
      );
    const client = new Client({ connectionString: database.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const cutOff = new Promise((resolve) => client.once('end', resolve));
    process.kill(rows[0]?.pid ?? NaN, 'SIGKILL');
    await cutOff;
    await waitFor('the server has recovered', async () => (await isReady()) || null);

    const visitor = cluster.startChild();
    await nextReport(visitor);
    await leave(visitor);
    expect(await isReady()).toBe(true);
    await database.stop();
    expect(cluster.lines.at(-1)).toBe('PostgreSQL is stopped');
  });

  // Windows has no process groups that can receive a signal.
  if (IS_POSIX) {
    it('ignores a Ctrl-C in the terminal', async () => {
      const child = cluster.startChild();
      const { url } = await nextReport(child);
      const report = nextReport(child);
      process.kill(-(child.pid ?? NaN), 'SIGINT');

      expect((await report).lines).toEqual(['SIGINT']);
      expect(await ask(url, 'select 1')).toBe(1);
      await leave(child);
    });
  }
});
