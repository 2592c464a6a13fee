import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BUILT = pathToFileURL(path.join(ROOT, 'dist/src/platform/database/embedded-postgres.js')).href;

/** Starts on argv[2], prints a message, and stops on request. Ctrl-C only starts draining, so it does not end the process. */
const CHILD_PROGRAM = `
  import { EmbeddedPostgres } from '${BUILT}';
  const lines = [];
  process.on('SIGINT', () => process.send({ lines: ['SIGINT'] }));
  const log = (line) => lines.push(line);
  const database = await EmbeddedPostgres.start({ dataDir: process.argv[2], log, note: log });
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

/** A data directory and the processes that run its embedded PostgreSQL. */
export class EmbeddedCluster {
  dataDir = '';
  lines: string[] = [];
  readonly children: ChildProcess[] = [];
  private scratch = '';

  async create(): Promise<void> {
    this.scratch = await mkdtemp(path.join(os.tmpdir(), 'embedded-postgres-spec-'));
    await writeFile(path.join(this.scratch, 'child.mjs'), CHILD_PROGRAM);
    this.dataDir = await mkdtemp(path.join(os.tmpdir(), 'embedded-postgres-data-'));
  }

  async remove(): Promise<void> {
    for (const folder of [this.dataDir, this.scratch]) await rm(folder, { recursive: true, force: true });
  }

  start(): Promise<EmbeddedPostgres> {
    const log = (line: string): unknown => this.lines.push(line);
    return EmbeddedPostgres.start({ dataDir: this.dataDir, log, note: log });
  }

  /** Starts another process on the same data directory, in its own process group. */
  startChild(): ChildProcess {
    const child = fork(path.join(this.scratch, 'child.mjs'), [this.dataDir], {
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.children.push(child);
    return child;
  }

  get pidFile(): string {
    return path.join(this.dataDir, 'pg18', 'postmaster.pid');
  }

  async serverPid(): Promise<number> {
    return Number((await readFile(this.pidFile, 'utf8')).split('\n')[0]);
  }

  /** Kills the processes that are left, and stops the server that a failed test may have left running. */
  async endAll(): Promise<void> {
    const left = this.children.filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(left.map((child) => kill(child)));
    // the last process that leaves stops the server
    if (existsSync(this.pidFile)) await (await this.start()).stop();
    this.children.length = 0;
  }
}

export async function nextReport(child: ChildProcess): Promise<Report> {
  const ended = new AbortController();
  const onExit = (): void => {
    ended.abort(new Error('The child process ended without a report'));
  };
  child.once('exit', onExit);
  const [report] = (await once(child, 'message', { signal: ended.signal })) as [Report];
  child.off('exit', onExit);
  return report;
}

export function leave(child: ChildProcess): Promise<Report> {
  const report = nextReport(child);
  child.send('leave');
  return report;
}

export async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

export async function ask(url: string | undefined, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>({ text: sql });
    return Object.values(result.rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
