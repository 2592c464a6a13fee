import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { isUnquotable } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode, exists, ignoreErrors } from './files.js';
import { runTool } from './run-tool.js';
import type { Account } from './run-tool.js';

/** The directory that holds the cluster, its password and its log, and the account that its server runs as. */
export interface DataDirectory {
  dir: string;
  account: Account | undefined;
}

/** `nobody`, by number: a container may lack the name, and nothing must be added to the machine. */
const NOBODY: Account = { uid: 65534, gid: 65534 };
/** For clusters whose own folder is closed to `nobody`. Only root comes here, and only root can write it. */
const LINKED_BASE = '/var/lib/driver-loans';
const LINK_NAME = 'postgres';
/** Of every major version */
export const CLUSTER_NAME = /^pg\d+$/;
const REACH_TIMEOUT_MS = 10_000;

async function canReach(dir: string, account: Account): Promise<boolean> {
  try {
    // A try tells more than the mode bits: access lists, mounts and mandatory access control count too.
    const args = ['-c', 'cd -- "$1"', 'sh', dir];
    return (await runTool('/bin/sh', args, { account, timeoutMs: REACH_TIMEOUT_MS })).code === 0;
  } catch (cause) {
    const message =
      'PostgreSQL refuses to run as root, and this process may not become another user; ' +
      'start it as an ordinary user or set DATABASE_URL.';
    throw new EmbeddedPostgresError(message, { cause });
  }
}

/** A cluster that an ordinary user made stays theirs when root starts it once. */
async function accountFor(dir: string, clusterName: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const cluster = await ignoreErrors(['ENOENT'], lstat(path.join(dir, clusterName)));
  return cluster === undefined || cluster.uid === 0 ? NOBODY : { uid: cluster.uid, gid: cluster.gid };
}

/** The directory that this data directory links to; undefined where it links to none. */
async function readLinkedDir(dataDir: string): Promise<string | undefined> {
  const target = await ignoreErrors(['ENOENT', 'EINVAL'], readlink(path.join(dataDir, LINK_NAME)));
  return target !== undefined && path.dirname(target) === LINKED_BASE ? target : undefined;
}

/** The link comes first: of two processes that start at once, the second then finds the first one's. */
async function claimLinkedDir(dataDir: string, log: (line: string) => void): Promise<string> {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  let target = path.join(LINKED_BASE, hash);
  if (await exists(target)) {
    // Somebody removed this data directory and made it anew: they want an empty one, not the old data.
    log(`An earlier cluster of ${dataDir} stays in ${target}; remove it when you no longer need it.`);
    target = `${target}-${Date.now().toString(36)}`;
  }
  try {
    await symlink(target, path.join(dataDir, LINK_NAME));
  } catch (error) {
    const winner = errorCode(error) === 'EEXIST' ? await readLinkedDir(dataDir) : undefined;
    if (winner === undefined) throw error;
    return winner;
  }
  log(`${dataDir} is closed to the account that PostgreSQL runs as; its cluster is kept in ${target}.`);
  return target;
}

async function openLinkedDir(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  // Whatever the umask was. The cluster and the password inside have modes of their own.
  await chmod(LINKED_BASE, 0o755);
  await chmod(dir, 0o711);
  return dir;
}

/** Lets others pass through, not look into, a folder that is empty or holds our cluster: a 0700 one of mkdtemp. */
async function openOwnFolder(dir: string, clusterName: string, account: Account): Promise<boolean> {
  if (!(await canReach(path.dirname(dir), account))) return false;
  const [found, names] = [await stat(dir), await readdir(dir)];
  const isOurs =
    found.uid === 0 && (names.length === 0 || names.some((name) => name.startsWith(clusterName)));
  if (isOurs) await chmod(dir, (found.mode & 0o7777) | 0o001);
  // Also where we changed nothing: another process may have opened it since, and begun to fill it.
  return canReach(dir, account);
}

async function rootsDataDirectory(
  dataDir: string,
  clusterName: string,
  log: (line: string) => void,
): Promise<string> {
  const account = (await accountFor(dataDir, clusterName)) ?? NOBODY;
  if (await canReach(dataDir, account)) return dataDir;
  if (await openOwnFolder(dataDir, clusterName, account)) return dataDir;
  if (await exists(path.join(dataDir, clusterName))) {
    const message =
      `The cluster in ${path.join(dataDir, clusterName)} cannot be reached by the account that PostgreSQL runs as ` +
      `(uid ${String(account.uid)}); let others pass through the folders above it, or move it.`;
    throw new EmbeddedPostgresError(message);
  }
  return openLinkedDir(await claimLinkedDir(dataDir, log));
}

/** Throws where the data directory holds no cluster of any PostgreSQL. Makes nothing. */
export async function requireCluster(dataDir: string): Promise<void> {
  const dir = (await readLinkedDir(dataDir)) ?? dataDir;
  const names = await ignoreErrors(['ENOENT'], readdir(dir));
  if (names?.some((name) => CLUSTER_NAME.test(name))) return;
  throw new EmbeddedPostgresError(
    `DATA_DIR ${dataDir} holds no database: set it to the folder of an existing one. Nothing was done.`,
  );
}

/** Makes the data directory and settles where below it, or instead of it, the cluster lives. */
export async function openDataDirectory(
  dataDir: string,
  clusterName: string,
  log: (line: string) => void,
): Promise<DataDirectory> {
  await mkdir(dataDir, { recursive: true });
  const real = await realpath(dataDir);
  const isRoot = process.getuid?.() === 0;
  // Also where the folder could be reached by now: the data is where the link says.
  const linked = await readLinkedDir(real);
  let dir = real;
  if (linked !== undefined) dir = isRoot ? await openLinkedDir(linked) : linked;
  else if (isRoot) dir = await rootsDataDirectory(real, clusterName, log);
  if (isUnquotable(dir)) {
    throw new EmbeddedPostgresError(
      `PostgreSQL cannot be started in ${dir}: its path has a quote, $, backtick, backslash or %.`,
    );
  }
  return { dir: isRoot ? await realpath(dir) : dir, account: await accountFor(dir, clusterName) };
}
