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

/**
 * Whether the file is left over from a dead process: its pid is gone, or the last heartbeat is old (pids are
 * reused).
 */
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
    `Another process has held ${file} for too long; remove it if no such process is running.`,
  );
}

/**
 * Runs the work while no other process does, as far as a file can guarantee that.
 *
 * Two processes that break a stale lock at the same moment may both continue. Each step of the work must therefore
 * be safe to run concurrently. The lock only avoids doing steps twice.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const content = `${String(process.pid)}\n${randomUUID()}`;
  await acquire(file, content);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // The file is missing if another process considered the lock stale. Then there is nothing to refresh.
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
