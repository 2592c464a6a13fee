import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { DatabaseClient } from '../database-client.js';
import { SUPERUSER } from './cluster.js';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive, withFileLock } from './file-lock.js';
import { errorCode, exists } from './files.js';
import { HOST, findServer, startServer, stopServer } from './server.js';
import { ensureServiceRole } from './service-role.js';

export const DATABASE = 'driver_loans';

/** Longer than crash recovery or a shutdown with its checkpoint takes. */
const ACQUIRE_LIMIT_MS = 120_000;
const POLL_MS = 100;
const CONNECT_TIMEOUT_MS = 5_000;
/** The server does not listen yet, or it is starting or stopping. */
const TRANSIENT_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '57014'];
/** One file per handle. Its name contains the pid of the server, the pid of the client process and a random part. */
const CLIENT_FILE = /^client-(\d+)-(\d+)-/;

/** Errors of the driver itself, for a closed or timed-out connection, have only a message. */
function isTransient(error: unknown): boolean {
  return (
    TRANSIENT_CODES.includes(errorCode(error) ?? '') || /Connection terminated|timeout/i.test(String(error))
  );
}

/** Creates the database and the service role if they are missing. */
async function prepareDatabase(cluster: Cluster, port: number): Promise<void> {
  const client: Client = new DatabaseClient({
    host: HOST,
    port,
    user: SUPERUSER,
    password: cluster.password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    await ensureServiceRole(client, cluster.password);
  } catch (error) {
    if (!['28P01', '28000'].includes(errorCode(error) ?? '')) throw error;
    const message = `The server of ${cluster.dir} rejects the password in ${cluster.dir}.password.`;
    throw new EmbeddedPostgresError(message, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether a running process uses this server. Removes the files of killed processes. */
async function isUsed(dir: string, serverPid: number): Promise<boolean> {
  let used = false;
  for (const name of await readdir(dir)) {
    const [, server, client] = CLIENT_FILE.exec(name) ?? [];
    if (client === undefined) continue;
    if (Number(server) === serverPid && isAlive(Number(client))) used = true;
    else await rm(path.join(dir, name), { force: true });
  }
  return used;
}

/** Without a running server every client file is left over, even if its pids are in use again. */
async function removeClientFiles(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => CLIENT_FILE.test(name));
  await Promise.all(names.map((name) => rm(path.join(dir, name), { force: true })));
}

/** Runs the work while no other process starts or stops the server of this data directory. */
export function withServerLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  return withFileLock(path.join(dir, 'server.lock'), work);
}

/**
 * A process holds this handle while it uses the server of a cluster. The server stops when the last handle is
 * released.
 */
export class SharedServerHandle {
  private constructor(
    private readonly cluster: Cluster,
    private readonly serverPid: number,
    readonly port: number,
    private readonly file: string,
  ) {}

  /** Joins the running server or starts one. Call it only inside `withServerLock`. */
  static async acquire(cluster: Cluster, log: (line: string) => void): Promise<SharedServerHandle> {
    const deadline = Date.now() + ACQUIRE_LIMIT_MS;
    let [didStart, reason] = [false, 'it could not be started'];
    while (Date.now() < deadline) {
      const server = await findServer(cluster);
      if (server === undefined) {
        await removeClientFiles(path.dirname(cluster.dir));
        didStart = await startServer(cluster);
        if (didStart) continue;
      } else if (server.port !== undefined) {
        try {
          await prepareDatabase(cluster, server.port);
          log(`${didStart ? 'Started' : 'Joined the running'} PostgreSQL on ${HOST}:${String(server.port)}`);
          return await SharedServerHandle.register(cluster, server.pid, server.port);
        } catch (error) {
          if (!isTransient(error)) throw error;
          reason = String(error);
        }
      }
      await sleep(POLL_MS);
    }
    throw new EmbeddedPostgresError(
      `The PostgreSQL server of ${cluster.dir} cannot be used: ${reason} (see ${cluster.logFile})`,
    );
  }

  private static async register(cluster: Cluster, pid: number, port: number): Promise<SharedServerHandle> {
    const name = `client-${String(pid)}-${String(process.pid)}-${randomUUID()}`;
    const file = path.join(path.dirname(cluster.dir), name);
    await writeFile(file, '');
    return new SharedServerHandle(cluster, pid, port, file);
  }

  /** Stops the server unless another handle is in use. Returns whether the server is stopped. */
  async release(): Promise<boolean> {
    const dir = path.dirname(this.file);
    // A server whose directory was removed ends by itself.
    if (!(await exists(dir))) return true;
    return withServerLock(dir, async () => {
      await rm(this.file, { force: true });
      if ((await findServer(this.cluster))?.pid !== this.serverPid) return true;
      if (await isUsed(dir, this.serverPid)) return false;
      await stopServer(this.cluster);
      return true;
    });
  }
}
