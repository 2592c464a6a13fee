import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { isUnquotable } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode, exists, ignoreErrors } from './files.js';
import { runTool } from './run-tool.js';
import type { Account } from './run-tool.js';

/** The directory of the cluster, its password and its log, and the account that runs its server. */
export interface DataDirectory {
  dir: string;
  account: Account | undefined;
}

/**
 * The unprivileged account of most systems, by number: a container may lack its name, and we add no account to the
 * machine.
 */
const UNPRIVILEGED: Account = { uid: 65534, gid: 65534 };
/** For clusters whose own folder this account cannot enter. Only root uses it, and only root can write it. */
const LINKED_BASE = '/var/lib/driver-loans';
const LINK_NAME = 'postgres';
/** The cluster name of any major version */
export const CLUSTER_NAME = /^pg\d+$/;
const ENTER_TIMEOUT_MS = 10_000;

async function canEnter(dir: string, account: Account): Promise<boolean> {
  try {
    // Trying is more reliable than the mode bits: access lists, mounts and mandatory access control count too.
    const args = ['-c', 'cd -- "$1"', 'sh', dir];
    return (await runTool('/bin/sh', args, { account, timeoutMs: ENTER_TIMEOUT_MS })).code === 0;
  } catch (cause) {
    const message =
      'PostgreSQL refuses to run as root, and this process cannot switch to another user; ' +
      'start it as an ordinary user or set DATABASE_URL.';
    throw new EmbeddedPostgresError(message, { cause });
  }
}

/** A cluster created by an ordinary user keeps its owner when root starts it. */
async function accountFor(dir: string, clusterName: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const cluster = await ignoreErrors(['ENOENT'], lstat(path.join(dir, clusterName)));
  return cluster === undefined || cluster.uid === 0 ? UNPRIVILEGED : { uid: cluster.uid, gid: cluster.gid };
}

/** The directory that this data directory links to, or undefined without a link. */
async function readLinkedDir(dataDir: string): Promise<string | undefined> {
  const target = await ignoreErrors(['ENOENT', 'EINVAL'], readlink(path.join(dataDir, LINK_NAME)));
  return target !== undefined && path.dirname(target) === LINKED_BASE ? target : undefined;
}

/**
 * Creates the link before the directory: if two processes start at once, the second one finds the link of the
 * first.
 */
async function claimLinkedDir(dataDir: string, log: (line: string) => void): Promise<string> {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  let target = path.join(LINKED_BASE, hash);
  if (await exists(target)) {
    // Someone deleted and recreated this data directory to start empty, so the old data is not used.
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
  log(`${dataDir} is not accessible to the account that runs PostgreSQL; its cluster is in ${target}.`);
  return target;
}

async function openLinkedDir(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  // Set explicitly, whatever the umask is. The cluster and the password inside have their own modes.
  await chmod(LINKED_BASE, 0o755);
  await chmod(dir, 0o711);
  return dir;
}

/**
 * Lets other accounts traverse, but not list, a folder that is empty or contains our cluster, for example a 0700
 * folder of mkdtemp.
 */
async function openOwnFolder(dir: string, clusterName: string, account: Account): Promise<boolean> {
  if (!(await canEnter(path.dirname(dir), account))) return false;
  const [found, names] = [await stat(dir), await readdir(dir)];
  const isOurs =
    found.uid === 0 && (names.length === 0 || names.some((name) => name.startsWith(clusterName)));
  if (isOurs) await chmod(dir, (found.mode & 0o7777) | 0o001);
  // Checked even without a change: another process may have opened the folder and started to fill it.
  return canEnter(dir, account);
}

async function dataDirectoryForRoot(
  dataDir: string,
  clusterName: string,
  log: (line: string) => void,
): Promise<string> {
  const account = (await accountFor(dataDir, clusterName)) ?? UNPRIVILEGED;
  if (await canEnter(dataDir, account)) return dataDir;
  if (await openOwnFolder(dataDir, clusterName, account)) return dataDir;
  if (await exists(path.join(dataDir, clusterName))) {
    const message =
      `The cluster in ${path.join(dataDir, clusterName)} is not accessible to the account that runs PostgreSQL ` +
      `(uid ${String(account.uid)}); allow others to traverse the folders above it, or move it.`;
    throw new EmbeddedPostgresError(message);
  }
  return openLinkedDir(await claimLinkedDir(dataDir, log));
}

/**
 * Throws EmbeddedPostgresError if the data directory contains no cluster of any PostgreSQL version. Creates
 * nothing.
 */
export async function requireCluster(dataDir: string): Promise<void> {
  const dir = (await readLinkedDir(dataDir)) ?? dataDir;
  const names = await ignoreErrors(['ENOENT'], readdir(dir));
  if (names?.some((name) => CLUSTER_NAME.test(name))) return;
  throw new EmbeddedPostgresError(
    `DATA_DIR ${dataDir} contains no database: set it to the folder of an existing one. Nothing was changed.`,
  );
}

/** Creates the data directory and decides whether the cluster is below it or in a linked directory. */
export async function openDataDirectory(
  dataDir: string,
  clusterName: string,
  log: (line: string) => void,
): Promise<DataDirectory> {
  await mkdir(dataDir, { recursive: true });
  const real = await realpath(dataDir);
  const isRoot = process.getuid?.() === 0;
  // Even if the folder is accessible now, the data is where the link points.
  const linked = await readLinkedDir(real);
  let dir = real;
  if (linked !== undefined) dir = isRoot ? await openLinkedDir(linked) : linked;
  else if (isRoot) dir = await dataDirectoryForRoot(real, clusterName, log);
  if (isUnquotable(dir)) {
    throw new EmbeddedPostgresError(
      `PostgreSQL cannot be started in ${dir}: its path has a quote, $, backtick, backslash or %.`,
    );
  }
  return { dir: isRoot ? await realpath(dir) : dir, account: await accountFor(dir, clusterName) };
}
