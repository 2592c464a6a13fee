import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../../src/platform/database/embedded-postgres.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const BUILT = pathToFileURL(path.join(ROOT, 'dist/src/platform/database/embedded-postgres.js')).href;
const IS_ROOT = process.getuid?.() === 0;
const IS_POSIX = process.platform !== 'win32';
const POLL_LIMIT_MS = 15_000;

/** Starts on argv[2], prints a message, and stops on request. Ctrl-C only starts draining, so it does not end the process. */
const CHILD_PROGRAM = `
  import { EmbeddedPostgres } from '${BUILT}';
  const lines = [];
  process.on('SIGINT', () => process.send({ lines: ['SIGINT'] }));
  const database = await EmbeddedPostgres.start({ dataDir: process.argv[2], log: (line) => lines.push(line) });
  process.once('message', async () => {
    await database.stop();
    process.send({ lines }, () => process.exit(0));
  });
  process.send({ url: database.ownerUrl, lines });
`;

interface Report {
  url?: string;
  lines: string[];
}

let scratch: string;
let dataDir: string;
let running: ChildProcess[] = [];
let lines: string[] = [];

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + POLL_LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await sleep(20);
  }
}

function start(): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ dataDir, log: (line) => lines.push(line) });
}

/** Another process on the same data directory, in its own process group. */
function startChild(): ChildProcess {
  const program = path.join(scratch, 'child.mjs');
  const child = fork(program, [dataDir], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.push(child);
  return child;
}

async function nextReport(child: ChildProcess): Promise<Report> {
  const ended = new AbortController();
  const onExit = (): void => {
    ended.abort(new Error('The child process ended without a report'));
  };
  child.once('exit', onExit);
  const [report] = (await once(child, 'message', { signal: ended.signal })) as [Report];
  child.off('exit', onExit);
  return report;
}

function leave(child: ChildProcess): Promise<Report> {
  const report = nextReport(child);
  child.send('leave');
  return report;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function ask(url: string | undefined, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>({ text: sql });
    return Object.values(result.rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function makeDataDir(): Promise<void> {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'embedded-postgres-data-'));
}

async function removeDataDir(): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
}

function pidFile(): string {
  return path.join(dataDir, 'pg18', 'postmaster.pid');
}

async function serverPid(): Promise<number> {
  return Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
}

async function endWhatIsLeft(): Promise<void> {
  const left = running.filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(left.map((child) => kill(child)));
  // A failed test may leave a server running. To join it and leave as the last process stops it.
  if (existsSync(pidFile())) await (await start()).stop();
}

beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), 'embedded-postgres-spec-'));
  await writeFile(path.join(scratch, 'child.mjs'), CHILD_PROGRAM);
});

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

beforeEach(() => {
  running = [];
  lines = [];
});

describe('the embedded PostgreSQL on a new data directory', () => {
  beforeEach(makeDataDir);
  afterEach(async () => {
    try {
      await endWhatIsLeft();
    } finally {
      await removeDataDir();
    }
  });

  it('starts in an empty data directory, accepts queries and protects its password', async () => {
    const database = await start();
    const [password, servicePassword] = [database.ownerUrl, database.url].map((url) => new URL(url).password);
    const settings = `select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
      where name in ('fsync', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'max_connections')`;

    expect(await ask(database.ownerUrl, 'select current_database()::text')).toBe('driver_loans');
    expect(await ask(database.ownerUrl, settings)).toBe(
      'fsync=on listen_addresses=127.0.0.1 max_connections=200 synchronous_commit=on unix_socket_directories=',
    );
    for (const url of [database.ownerUrl, database.url]) {
      await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
        code: '28P01',
      });
    }
    await database.stop();

    const postgresLog = await readFile(path.join(dataDir, 'postgres.log'), 'utf8');
    const said = [...lines, database.description, postgresLog].join('\n');
    expect(said).not.toContain(password);
    expect(said).not.toContain(servicePassword);
    const { mode } = await stat(path.join(dataDir, 'pg18.password'));
    if (IS_POSIX) expect(mode & 0o777).toBe(0o600);
  });

  it('creates a service role that owns nothing, also in an existing cluster without it', async () => {
    const role = `select rolname || ' ' || rolsuper from pg_roles where rolname = current_user`;
    const first = await start();
    expect(await ask(first.ownerUrl, role)).toBe('driver_loans true');
    expect(await ask(first.url, role)).toBe('driver_loans_service false');
    // as left by a release that served as the superuser
    await ask(first.ownerUrl, 'drop role driver_loans_service');
    await first.stop();

    const second = await start();
    expect(await ask(second.url, role)).toBe('driver_loans_service false');
    await expect(ask(second.url, 'create table public.mine (id integer)')).rejects.toMatchObject({
      code: '42501',
    });
    await second.stop();
  });

  it('creates the cluster again when its creation was interrupted', async () => {
    const child = startChild();
    const isHalfMade = async (): Promise<boolean> => {
      const draft = (await readdir(dataDir)).find((name) => name.startsWith('.draft-')) ?? '';
      return existsSync(path.join(dataDir, draft, 'data', 'global'));
    };
    await until(isHalfMade, 'initdb is at work');
    await kill(child);
    expect(existsSync(path.join(dataDir, 'pg18'))).toBe(false);

    const database = await start();
    expect(await ask(database.ownerUrl, 'select 1')).toBe(1);
    await database.stop();
  });

  it('shares one server between two processes that start at the same time', async () => {
    const children = [startChild(), startChild()];
    const reports = await Promise.all(children.map(nextReport));

    expect(reports[0]?.url).toBe(reports[1]?.url);
    expect(await ask(reports[0]?.url, 'select 1')).toBe(1);
    const said = reports.flatMap((report) => report.lines);
    expect(said.filter((line) => line.startsWith('Started'))).toHaveLength(1);
    await Promise.all(children.map(leave));
    expect(existsSync(pidFile())).toBe(false);
  });

  it('rejects the cluster of another PostgreSQL version', async () => {
    await mkdir(path.join(dataDir, 'pg18'));
    await writeFile(path.join(dataDir, 'pg18', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/pg18 was made by PostgreSQL 17, but the embedded one is 18\./);

    await rm(path.join(dataDir, 'pg18'), { recursive: true });
    await mkdir(path.join(dataDir, 'pg17'));
    await expect(start()).rejects.toThrow(
      /pg17 holds the data of another PostgreSQL, but the embedded one is 18\./,
    );
  });

  // Only root runs the server as another account, which may have no access.
  if (IS_ROOT) {
    it('stores the cluster of root elsewhere when the server cannot access its directory', async () => {
      const parent = dataDir;
      dataDir = path.join(parent, 'closed');
      const database = await start();
      const home = await readlink(path.join(dataDir, 'postgres'));
      try {
        expect(database.description).toContain(path.join(home, 'pg18'));
        expect(lines[0]).toContain(`its cluster is kept in ${home}`);
        expect(await ask(database.ownerUrl, 'select 1')).toBe(1);
      } finally {
        await database.stop();
        await rm(home, { recursive: true });
        dataDir = parent;
      }
    });
  }
});

describe('the embedded PostgreSQL on the data of an earlier run', () => {
  beforeAll(async () => {
    await makeDataDir();
    await (await start()).stop();
  });
  afterEach(endWhatIsLeft);
  afterAll(removeDataDir);

  it('keeps its data over a restart and stops once however often stop is called', async () => {
    const first = await start();
    await ask(first.ownerUrl, 'create table kept_by_restart as select 42 as answer');
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    expect(existsSync(pidFile())).toBe(false);

    const second = await start();
    expect(await ask(second.ownerUrl, 'select answer from kept_by_restart')).toBe(42);
    await second.stop();
    expect(lines.filter((line) => line === 'PostgreSQL is stopped')).toHaveLength(2);
  });

  it('joins the running server of a killed process and stops it at the end', async () => {
    const child = startChild();
    const { url } = await nextReport(child);
    await ask(url, 'create table kept_by_orphan as select 42 as answer');
    const orphan = await serverPid();
    await kill(child);

    const database = await start();
    expect(database.ownerUrl).toBe(url);
    expect(await serverPid()).toBe(orphan);
    expect(await ask(database.ownerUrl, 'select answer from kept_by_orphan')).toBe(42);
    await database.stop();
    expect(existsSync(pidFile())).toBe(false);
  });

  it('starts despite a postmaster.pid of a dead process or of another program', async () => {
    const child = startChild();
    await ask((await nextReport(child)).url, 'create table kept_by_crash as select 42 as answer');
    await kill(child);
    process.kill(await serverPid(), 'SIGKILL');
    const afterCrash = await start();
    expect(await ask(afterCrash.ownerUrl, 'select answer from kept_by_crash')).toBe(42);
    const stale = await readFile(pidFile(), 'utf8');
    await afterCrash.stop();

    const { uid, gid } = await stat(path.join(dataDir, 'pg18'));
    const stranger = spawn('sleep', ['60'], IS_ROOT ? { uid, gid } : {});
    running.push(stranger);
    await once(stranger, 'spawn');
    await writeFile(pidFile(), stale.replace(/^\d+/, String(stranger.pid)));
    const afterReuse = await start();
    expect(await ask(afterReuse.ownerUrl, 'select answer from kept_by_crash')).toBe(42);
    expect(stranger.exitCode).toBeNull();
    await afterReuse.stop();
  });

  it('is stopped by the last process that leaves, whichever started it', async () => {
    const starter = startChild();
    await nextReport(starter);
    const joined = await start();
    await leave(starter);
    expect(await ask(joined.ownerUrl, 'select 1')).toBe(1);

    const visitor = startChild();
    await nextReport(visitor);
    await leave(visitor);
    expect(await ask(joined.ownerUrl, 'select 1')).toBe(1);

    await joined.stop();
    expect(existsSync(pidFile())).toBe(false);
    expect(lines.at(-1)).toBe('PostgreSQL is stopped');
  });

  it('is stopped by exactly one of two processes that leave at the same time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const databases = await Promise.all([start(), start()]);
      lines = [];
      await Promise.all(databases.map((database) => database.stop()));
      expect(lines.sort()).toEqual(['PostgreSQL is stopped', 'PostgreSQL runs on: another process uses it']);
      expect(existsSync(pidFile())).toBe(false);
    }
  });

  // Windows has no process groups that can receive a signal.
  if (IS_POSIX) {
    it('ignores a Ctrl-C in the terminal', async () => {
      const child = startChild();
      const { url } = await nextReport(child);
      const heard = nextReport(child);
      process.kill(-(child.pid ?? NaN), 'SIGINT');

      expect((await heard).lines).toEqual(['SIGINT']);
      expect(await ask(url, 'select 1')).toBe(1);
      await leave(child);
    });
  }
});
