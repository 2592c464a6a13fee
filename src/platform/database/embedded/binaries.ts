import { chmod, cp, lstat, readFile, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode, exists, makeTempDir, moveIntoPlace, ignoreErrors } from './files.js';
import { runTool } from './run-tool.js';
import type { Account } from './run-tool.js';

export interface PostgresBinaries {
  /** Version of the package, for example 18.4.0-beta.17. */
  version: string;
  /** The major version, for example 18. It decides which clusters the server can open. */
  major: string;
  /** The folder that contains bin/, lib/ and share/. */
  native: string;
  initdb: string;
  pgCtl: string;
}

interface Link {
  source: string;
  target: string;
}

const VERSION_TIMEOUT_MS = 20_000;
const USE_DATABASE_URL = 'set DATABASE_URL to use your own';
/** initdb and pg_ctl start the server through a shell and put paths in double quotes. */
const UNQUOTABLE = process.platform === 'win32' ? /["%]/ : /["$`\\\n]/;

export function isUnquotable(file: string): boolean {
  return UNQUOTABLE.test(file);
}

function binariesIn(native: string, version: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const tool = (name: string): string => path.join(native, 'bin', `${name}${suffix}`);
  return {
    version,
    major: version.split('.')[0] ?? version,
    native,
    initdb: tool('initdb'),
    pgCtl: tool('pg_ctl'),
  };
}

/** Finds the package of the platform. Rare platforms have none, which is not a bug. */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let main: string;
  try {
    // Resolved, not imported: the module only exports paths, and it clashes with Jest's CommonJS mode.
    main = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for ${platform} (${name} is not installed); ${USE_DATABASE_URL}.`;
    throw new EmbeddedPostgresError(message, { cause });
  }
  const root = path.resolve(path.dirname(main), '..');
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
    throw new EmbeddedPostgresError(`${name} does not say its version; ${USE_DATABASE_URL}.`);
  }
  return binariesIn(path.join(root, 'native'), String(manifest.version));
}

/**
 * Creates the symbolic links of the libraries, which npm cannot pack. Returns false if the folder is not writable.
 */
async function makeLinks(native: string): Promise<boolean> {
  const list = await ignoreErrors(['ENOENT'], readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  for (const link of JSON.parse(list ?? '[]') as Link[]) {
    const target = path.join(native, path.relative('native', link.target));
    if ((await ignoreErrors(['ENOENT'], lstat(target))) !== undefined) continue;
    try {
      await symlink(path.relative(path.dirname(link.target), link.source), target);
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
      // Another process that starts now creates the same links.
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Why these binaries do not run under the account, or undefined if they do. */
async function findProblem(native: string, account: Account | undefined): Promise<string | undefined> {
  const server = path.join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  try {
    const { code, output } = await runTool(server, ['--version'], { account, timeoutMs: VERSION_TIMEOUT_MS });
    return code === 0 ? undefined : `exit code ${String(code)}: ${output}`;
  } catch (error) {
    return String(error);
  }
}

/** The account of the server must read and execute everything, whatever the umask is. */
async function makeReadableByAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (item.isSymbolicLink()) continue;
    const file = path.join(item.parentPath, item.name);
    const executable = item.isDirectory() || ((await lstat(file)).mode & 0o100) !== 0;
    await chmod(file, executable ? 0o755 : 0o644);
  }
}

async function copyInto(dataDir: string, found: PostgresBinaries): Promise<string> {
  const target = path.join(dataDir, `postgres-${found.version}`);
  if (await exists(target)) return target;
  const tempDir = await makeTempDir(dataDir);
  await cp(found.native, tempDir, { recursive: true, verbatimSymlinks: true });
  await makeLinks(tempDir);
  await makeReadableByAll(tempDir);
  await moveIntoPlace(tempDir, target);
  return target;
}

async function requireTrustedOwner(folder: string, account: Account | undefined): Promise<void> {
  const { uid } = await lstat(folder);
  const trusted = [0, process.getuid?.(), account?.uid];
  if (process.getuid !== undefined && !trusted.includes(uid)) {
    throw new EmbeddedPostgresError(
      `${folder} belongs to another user (uid ${String(uid)}); remove it and start again.`,
    );
  }
}

/**
 * Returns binaries that the account can run: those of the package, or a copy in the data directory. A copy is
 * needed if node_modules is read-only and lacks the links, or if it is below a folder that the account cannot
 * enter, for example a clone under /root.
 */
export async function usableBinaries(
  found: PostgresBinaries,
  dataDir: string,
  account: Account | undefined,
): Promise<PostgresBinaries> {
  const linked = !isUnquotable(found.native) && (await makeLinks(found.native));
  if (linked && (await findProblem(found.native, account)) === undefined) return found;

  const copy = await copyInto(dataDir, found);
  await requireTrustedOwner(copy, account);
  const reason = await findProblem(copy, account);
  if (reason !== undefined) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL does not run on this system (${reason}); ${USE_DATABASE_URL}.`,
    );
  }
  return binariesIn(copy, found.version);
}
