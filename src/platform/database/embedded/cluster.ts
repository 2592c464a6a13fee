import { randomBytes } from 'node:crypto';
import { chown, lstat, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { makeTempDir, moveIntoPlace, ignoreErrors } from './files.js';
import { CLUSTER_NAME } from './data-directory.js';
import type { DataDirectory } from './data-directory.js';
import { runTool } from './run-tool.js';
import type { Account, ToolResult } from './run-tool.js';

export const SUPERUSER = 'driver_loans';

/** A cluster on disk with everything needed to run a server on it. */
export interface Cluster {
  dir: string;
  logFile: string;
  password: string;
  account: Account | undefined;
  binaries: PostgresBinaries;
}

const INITDB_TIMEOUT_MS = 180_000;
const PASSWORD_BYTES = 24;
/**
 * Text sorts by code point everywhere. libc may lack C.UTF-8 except on Linux, so elsewhere PostgreSQL's builtin
 * provider is used.
 */
const LOCALE =
  process.platform === 'linux'
    ? ['--locale=C.UTF-8']
    : ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

export function clusterName(binaries: PostgresBinaries): string {
  return `pg${binaries.major}`;
}

/** Whether the cluster exists. Throws EmbeddedPostgresError if this PostgreSQL must not open it. */
async function findCluster(dataDir: string, dir: string, major: string): Promise<boolean> {
  const found = await ignoreErrors(['ENOENT'], lstat(dir));
  if (found === undefined) {
    const other = (await readdir(dataDir)).find((name) => CLUSTER_NAME.test(name));
    if (other === undefined) return false;
    const message =
      `${path.join(dataDir, other)} contains the data of another PostgreSQL, but the embedded one is ${major}. ` +
      'Migrate the data with your own PostgreSQL tools, or move that folder away to start empty.';
    throw new EmbeddedPostgresError(message);
  }
  const ownUid = process.getuid?.();
  if (ownUid !== undefined && ownUid !== 0 && ownUid !== found.uid) {
    throw new EmbeddedPostgresError(
      `The cluster in ${dir} belongs to another user (uid ${String(found.uid)}); start as that user.`,
    );
  }
  const version = (await ignoreErrors(['ENOENT'], readFile(path.join(dir, 'PG_VERSION'), 'utf8')))?.trim();
  if (version === undefined)
    throw new EmbeddedPostgresError(`${dir} exists but is not a PostgreSQL cluster (no PG_VERSION).`);
  if (version === major) return true;
  const message =
    `The cluster in ${dir} was created by PostgreSQL ${version}, but the embedded one is ${major}. ` +
    'Migrate the data with your own PostgreSQL tools, or move that folder away to start empty.';
  throw new EmbeddedPostgresError(message);
}

/** The password of the superuser, created by the first start. */
async function ensurePassword(file: string): Promise<string> {
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await ignoreErrors(['EEXIST'], writeFile(file, `${password}\n`, { flag: 'wx', mode: 0o600 }));
  return (await readFile(file, 'utf8')).trim();
}

function explainInitdb({ code, output }: ToolResult): string {
  // For example `docker run --user 1234`. Only initdb looks up the name. A server on an existing cluster does not.
  if (output.includes('could not look up effective user')) {
    return `initdb needs a user with a name in the system (${output}); set DATABASE_URL to use your own PostgreSQL.`;
  }
  return `initdb failed with code ${String(code)}: ${output}`;
}

/** Creates the cluster under a temporary name, so that an incomplete one is never opened after a crash. */
async function initCluster(dataDir: string, cluster: Cluster): Promise<void> {
  const { account, binaries, dir, password } = cluster;
  const tempDir = await makeTempDir(dataDir);
  try {
    const [data, passwordFile] = [path.join(tempDir, 'data'), path.join(tempDir, 'password')];
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account !== undefined) {
      await chown(passwordFile, account.uid, account.gid);
      await chown(tempDir, account.uid, account.gid);
    }
    const args = [
      '-D',
      data,
      '-U',
      SUPERUSER,
      `--pwfile=${passwordFile}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
    ];
    const result = await runTool(binaries.initdb, [...args, ...LOCALE], {
      account,
      timeoutMs: INITDB_TIMEOUT_MS,
    });
    if (result.code !== 0) throw new EmbeddedPostgresError(explainInitdb(result));
    await moveIntoPlace(data, dir);
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}

/** Opens the cluster in this data directory. Creates it if missing. */
export async function prepareCluster(
  directory: DataDirectory,
  binaries: PostgresBinaries,
  log: (line: string) => void,
): Promise<Cluster> {
  const dir = path.join(directory.dir, clusterName(binaries));
  const passwordFile = `${dir}.password`;
  const clusterExists = await findCluster(directory.dir, dir, binaries.major);
  if (clusterExists && (await ignoreErrors(['ENOENT'], lstat(passwordFile))) === undefined) {
    throw new EmbeddedPostgresError(
      `The password of the cluster in ${dir} is missing: restore ${passwordFile}.`,
    );
  }
  const password = await ensurePassword(passwordFile);
  const logFile = path.join(directory.dir, 'postgres.log');
  const cluster: Cluster = { dir, logFile, password, account: directory.account, binaries };
  if (!clusterExists) {
    log(`Creating a PostgreSQL ${binaries.major} cluster in ${dir}`);
    await initCluster(directory.dir, cluster);
  }
  return cluster;
}
