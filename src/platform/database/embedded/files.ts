import { access, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Longer than any init or copy takes. Anything older is left over from a dead process. */
const LEFTOVER_AGE_MS = 10 * 60_000;
/** A directory gets its final name when it is complete. */
const TEMP_PREFIX = '.tmp-';

export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Awaits the work. Returns undefined if it fails with one of these codes. */
export async function ignoreErrors<T>(codes: readonly string[], work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codes.includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Moves a finished folder to its final name. If another process was first, its folder stays and ours is deleted. */
export async function moveIntoPlace(tempDir: string, target: string): Promise<void> {
  try {
    await rename(tempDir, target);
  } catch (error) {
    const taken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errorCode(error) ?? '') && (await exists(target));
    if (!taken) throw error;
    await rm(tempDir, { recursive: true, force: true });
  }
}

export async function makeTempDir(folder: string): Promise<string> {
  return mkdtemp(path.join(folder, TEMP_PREFIX));
}

/** Removes temporary directories left over from a crash, except those that another process may be writing now. */
export async function removeOldTempDirs(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(TEMP_PREFIX)) continue;
    const leftover = path.join(folder, name);
    const found = await ignoreErrors(['ENOENT'], stat(leftover));
    if (found === undefined || Date.now() - found.mtimeMs < LEFTOVER_AGE_MS) continue;
    await rm(leftover, { recursive: true, force: true });
  }
}
