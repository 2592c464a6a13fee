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
  /** Made where it is missing; holds the cluster, its password and its log. */
  dataDir: string;
  /** Gets one line at a time, never one with the password. */
  log: (line: string) => void;
  /** Gets the lines that the server was started, joined, left or stopped. */
  note?: (line: string) => void;
  /** Refuses a data directory without a cluster, and leaves it as it is. */
  mustExist?: boolean;
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file. Set DATA_DIR to a folder',
  ENOTDIR: 'it is a file, or a part of its path is one. Set DATA_DIR to a folder',
  EACCES: 'this user may not use it. Set DATA_DIR to a folder that this user may write',
  EROFS: 'it cannot be written. Set DATA_DIR to a folder that can',
  ENOSPC: 'the disk is full',
};

/** What the operating system refuses, such as a folder of another user or a path through a file, is no fault of ours. */
function explain(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const reason = REASONS[errorCode(error) ?? ''] ?? error.message;
  return new EmbeddedPostgresError(`DATA_DIR ${dataDir} cannot be used: ${reason}.`, { cause: error });
}

/**
 * The PostgreSQL of `npm start` and of the tests, shared by all processes with the same data directory: the first
 * starts it, the last one stops it, and a server left over by a crash is joined.
 */
export class EmbeddedPostgres {
  /** Signs in as the role of the service, which owns nothing. With the password: never log it. */
  readonly url: string;
  /** Signs in as the superuser of the cluster, who owns the tables. With the password: never log it. */
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

  /** Throws EmbeddedPostgresError where there can be no server on this directory. */
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
      throw explain(error, dataDir);
    }
  }

  /** Stops the server, unless another process uses it. Idempotent. */
  stop(): Promise<void> {
    this.stopped ??= this.release();
    return this.stopped;
  }

  private async release(): Promise<void> {
    const isStopped = await this.server.release();
    this.note(isStopped ? 'PostgreSQL is stopped' : 'PostgreSQL runs on: another process uses it');
  }
}
