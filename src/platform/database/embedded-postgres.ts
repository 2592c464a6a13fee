import path from 'node:path';
import { locateBinaries, usableBinaries } from './embedded/binaries.js';
import { SUPERUSER, clusterName, prepareCluster } from './embedded/cluster.js';
import type { Cluster } from './embedded/cluster.js';
import { EmbeddedPostgresError } from './embedded/embedded-postgres-error.js';
import { openDataDirectory, requireCluster } from './embedded/data-directory.js';
import { errorCode, removeOldTempDirs } from './embedded/files.js';
import { HOST } from './embedded/server.js';
import { DATABASE, SharedServerHandle, withServerLock } from './embedded/shared-server.js';
import { SERVICE_ROLE, servicePassword } from './embedded/service-role.js';

export interface EmbeddedPostgresOptions {
  /** Created if missing. Contains the cluster, its password and its log. */
  dataDir: string;
  /** Receives one line at a time, never the password. */
  log: (line: string) => void;
  /** Receives a line when the server is started, joined, left or stopped. */
  note?: (line: string) => void;
  /** Rejects a data directory without a cluster and does not change it. */
  mustExist?: boolean;
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file. Set DATA_DIR to a folder',
  ENOTDIR: 'it is a file, or a part of its path is one. Set DATA_DIR to a folder',
  EACCES: 'this user has no access to it. Set DATA_DIR to a folder that this user can write',
  EROFS: 'it is read-only. Set DATA_DIR to a folder that this user can write',
  ENOSPC: 'the disk is full',
};

/** Errors of the operating system, for example a folder of another user, come from the setting, not from a bug. */
function explainError(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const reason = REASONS[errorCode(error) ?? ''] ?? error.message;
  return new EmbeddedPostgresError(`DATA_DIR ${dataDir} cannot be used: ${reason}.`, { cause: error });
}

/**
 * The PostgreSQL of `npm start` and of the tests. All processes with the same data directory share it: the first
 * one starts it, the last one stops it. A server that survived a crash is joined.
 */
export class EmbeddedPostgres {
  /** Connects as the service role, which owns nothing. Contains the password: never log it. */
  readonly url: string;
  /** Connects as the superuser of the cluster, which owns the tables. Contains the password: never log it. */
  readonly ownerUrl: string;
  /** Safe to log: host, port, directory. */
  readonly description: string;
  private stopped: Promise<void> | undefined;

  private constructor(
    cluster: Cluster,
    private readonly server: SharedServerHandle,
    private readonly note: (line: string) => void,
  ) {
    const address = `${HOST}:${String(server.port)}`;
    this.url = `postgres://${SERVICE_ROLE}:${servicePassword(cluster.password)}@${address}/${DATABASE}`;
    this.ownerUrl = `postgres://${SUPERUSER}:${cluster.password}@${address}/${DATABASE}`;
    this.description = `PostgreSQL ${cluster.binaries.major} on ${address}, data in ${cluster.dir}`;
  }

  /** Throws EmbeddedPostgresError if no server can run on this directory. */
  static async start({
    dataDir,
    log,
    note = () => undefined,
    mustExist,
  }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const found = await locateBinaries();
    try {
      if (mustExist) await requireCluster(path.resolve(dataDir));
      const directory = await openDataDirectory(path.resolve(dataDir), clusterName(found), log);
      return await withServerLock(directory.dir, async () => {
        await removeOldTempDirs(directory.dir);
        const binaries = await usableBinaries(found, directory.dir, directory.account);
        const cluster = await prepareCluster(directory, binaries, log);
        return new EmbeddedPostgres(cluster, await SharedServerHandle.acquire(cluster, note), note);
      });
    } catch (error) {
      throw explainError(error, dataDir);
    }
  }

  /** Stops the server, unless another process uses it. Idempotent. */
  stop(): Promise<void> {
    this.stopped ??= this.release();
    return this.stopped;
  }

  private async release(): Promise<void> {
    const isStopped = await this.server.release();
    this.note(isStopped ? 'PostgreSQL is stopped' : 'PostgreSQL keeps running: another process uses it');
  }
}
