import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { locateBinaries, usableBinaries } from './embedded/binaries.js';
import { SUPERUSER, clusterName, prepareCluster } from './embedded/cluster.js';
import type { Cluster } from './embedded/cluster.js';
import { EmbeddedPostgresError } from './embedded/embedded-postgres-error.js';
import { withFileLock } from './embedded/file-lock.js';
import { errorCode, removeOldDrafts } from './embedded/files.js';
import { openHome, requireCluster } from './embedded/home.js';
import { DATABASE, Keeper, NotYetError } from './embedded/keeper.js';
import { HOST, findServer, startServer, stopServer } from './embedded/server.js';
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

/** Crash recovery and a shutdown that waits for its checkpoint are both shorter than this. */
const ENTER_LIMIT_MS = 120_000;
const POLL_MS = 100;

/** Joins the server of this cluster, after starting it where none runs. Waits while one starts or stops. */
async function enterOrStart(
  cluster: Cluster,
  { log, note }: Required<Pick<EmbeddedPostgresOptions, 'log' | 'note'>>,
): Promise<Keeper> {
  const deadline = Date.now() + ENTER_LIMIT_MS;
  let [didStart, reason] = [false, 'it could not be started'];
  while (Date.now() < deadline) {
    const server = await findServer(cluster);
    if (server === undefined) {
      didStart = await startServer(cluster);
      if (didStart) continue;
    } else if (server.port !== undefined) {
      try {
        const keeper = await Keeper.enter(cluster, server.port, log);
        note(`${didStart ? 'Started' : 'Joined the running'} PostgreSQL on ${HOST}:${String(server.port)}`);
        return keeper;
      } catch (error) {
        if (!(error instanceof NotYetError)) throw error;
        reason = error.message;
      }
    }
    await sleep(POLL_MS);
  }
  throw new EmbeddedPostgresError(
    `The PostgreSQL server of ${cluster.dir} cannot be used: ${reason} (see ${cluster.logFile})`,
  );
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
 * A PostgreSQL of our own for `npm start` and the tests, shared by all processes that name one data
 * directory: the first starts it, the last to leave stops it, and one left over by a crash is joined.
 */
export class EmbeddedPostgres {
  /** Signs in as the role of the service, which owns nothing. With the password: never log it. */
  readonly url: string;
  /** Signs in as the superuser of the cluster, who owns the tables. With the password: never log it. */
  readonly ownerUrl: string;
  /** Safe to log: host, port, directory. */
  readonly description: string;
  private departure: Promise<void> | undefined;

  private constructor(
    private readonly cluster: Cluster,
    private readonly keeper: Keeper,
    private readonly note: (line: string) => void,
  ) {
    const address = `${HOST}:${String(keeper.port)}`;
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
      const home = await openHome(path.resolve(dataDir), clusterName(found), log);
      return await withFileLock(path.join(home.dir, 'start.lock'), async () => {
        await removeOldDrafts(home.dir);
        const binaries = await usableBinaries(found, home.dir, home.account);
        const cluster = await prepareCluster(home, binaries, log);
        return new EmbeddedPostgres(cluster, await enterOrStart(cluster, { log, note }), note);
      });
    } catch (error) {
      throw explain(error, dataDir);
    }
  }

  /** Leaves; the last process to leave stops the server. Idempotent. */
  stop(): Promise<void> {
    this.departure ??= this.leave();
    return this.departure;
  }

  private async leave(): Promise<void> {
    const isStopped = await this.keeper.leave(() => stopServer(this.cluster));
    this.note(isStopped ? 'PostgreSQL is stopped' : 'PostgreSQL runs on: another process uses it');
  }
}
