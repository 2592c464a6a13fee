import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode, unless } from './files.js';

const WAIT_LIMIT_MS = 180_000;
const POLL_MS = 50;
const BEAT_MS = 2_000;
const STALE_MS = 20_000;

interface Holder {
  pid: number;
  host: string;
  token: string;
}

function parseHolder(text: string): Holder | undefined {
  const [pid, host, token] = text.split('\n');
  return host === undefined || token === undefined ? undefined : { pid: Number(pid), host, token };
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await unless(['ENOENT'], readFile(file, 'utf8'));
  return text === undefined ? undefined : parseHolder(text);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Left by a process that died: its pid is gone, or (pids are used again) nobody touched the file lately. */
async function isStale(file: string): Promise<boolean> {
  const found = await unless(['ENOENT'], stat(file));
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > STALE_MS) return true;
  const holder = await readHolder(file);
  return holder !== undefined && holder.host === os.hostname() && !isAlive(holder.pid);
}

async function acquire(file: string): Promise<string> {
  const token = randomUUID();
  const deadline = Date.now() + WAIT_LIMIT_MS;
  const content = [process.pid, os.hostname(), token].join('\n');
  while (Date.now() < deadline) {
    try {
      await writeFile(file, content, { flag: 'wx', mode: 0o600 });
      return token;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    if (await isStale(file)) await rm(file, { force: true });
    else await sleep(POLL_MS);
  }
  throw new EmbeddedPostgresError(
    `Another process has held ${file} for too long; remove it where no such process runs.`,
  );
}

/**
 * Runs the work while no other process does, as far as a file can promise that.
 *
 * Two processes that break a stale lock in the same moment may both go on, so each step of the work must
 * also bear company; the lock is there so that the steps need not be done twice.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const token = await acquire(file);
  const beat = setInterval(() => {
    const now = new Date();
    // Only where somebody took the lock for stale: then there is nothing left to keep fresh.
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readHolder(file))?.token === token) await rm(file, { force: true });
  }
}
