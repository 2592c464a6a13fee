import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode, ignoreErrors } from './files.js';

const WAIT_LIMIT_MS = 180_000;
const POLL_MS = 50;
const HEARTBEAT_MS = 2_000;
const STALE_MS = 20_000;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Left by a process that died: its pid is gone, or (pids are used again) the file had no heartbeat lately. */
async function isStale(file: string): Promise<boolean> {
  const found = await ignoreErrors(['ENOENT'], stat(file));
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > STALE_MS) return true;
  const content = await ignoreErrors(['ENOENT'], readFile(file, 'utf8'));
  const pid = Number(content?.split('\n')[0]);
  return pid > 0 && !isAlive(pid);
}

async function acquire(file: string, content: string): Promise<void> {
  const deadline = Date.now() + WAIT_LIMIT_MS;
  while (Date.now() < deadline) {
    try {
      await writeFile(file, content, { flag: 'wx', mode: 0o600 });
      return;
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
 * Two processes that break a stale lock in the same moment may both go on, so each step of the work must also be
 * able to run concurrently; the lock is there so that the steps need not be done twice.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const content = `${String(process.pid)}\n${randomUUID()}`;
  await acquire(file, content);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // The file is gone where another process took the lock for stale: then nothing is left to keep fresh.
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    const holder = await ignoreErrors(['ENOENT'], readFile(file, 'utf8'));
    if (holder === content) await rm(file, { force: true });
  }
}
