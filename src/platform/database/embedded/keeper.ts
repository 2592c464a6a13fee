import { realpath } from 'node:fs/promises';
import type { Client } from 'pg';
import { DatabaseClient } from '../database-client.js';
import { SUPERUSER } from './cluster.js';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode } from './files.js';
import { HOST } from './server.js';
import { ensureServiceRole } from './service-role.js';

export const DATABASE = 'driver_loans';

/** The server cannot be used now, but may be in a moment. */
export class NotYetError extends Error {}

/** Counted in pg_stat_activity: whoever has such a connection still needs the server. */
const PRESENT = 'driver-loans-keeper';
/** Whoever has decided to leave; its connection may be seen for a moment longer. */
const LEAVING = 'driver-loans-left';
/** Any number that nothing else locks in the database `postgres`. */
const LEAVE_LOCK = 7_235_508_914;
/** Keepers meet in this database: advisory locks are valid in one database only. */
const MEETING_PLACE = 'postgres';

const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 30_000;
const REJOIN_DELAY_MS = 1_000;
const REJOIN_TRIES = 60;
/** No one listens; cut off by a shutdown or refused by one (57014: in the login); no lock in time. */
const PASSING_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '57014', '55P03'];

function translate(error: unknown, cluster: Cluster): Error {
  const reason = error instanceof Error ? error : new Error(String(error));
  const code = errorCode(error) ?? '';
  // The driver's own errors, for a connection that closed or timed out, have a text only.
  if (PASSING_CODES.includes(code) || /Connection terminated|timeout/i.test(reason.message)) {
    return new NotYetError(reason.message, { cause: error });
  }
  if (code === '28P01' || code === '28000') {
    const message = `The server of ${cluster.dir} refuses the password in ${cluster.dir}.password.`;
    return new EmbeddedPostgresError(message, { cause: error });
  }
  return reason;
}

async function connect(cluster: Cluster, port: number, database: string): Promise<Client> {
  const client = new DatabaseClient({
    host: HOST,
    port,
    user: SUPERUSER,
    password: cluster.password,
    database,
    ssl: false,
    application_name: database === MEETING_PLACE ? PRESENT : 'driver-loans-check',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
  });
  await client.connect();
  return client;
}

async function refuseOtherCluster(client: Client, cluster: Cluster): Promise<void> {
  const answer = await client.query<{ dir: string }>(`select current_setting('data_directory') as dir`);
  const served = answer.rows[0]?.dir ?? '';
  if ((await realpath(served).catch(() => served)) !== cluster.dir) {
    throw new NotYetError(`the port of the server is used by the server of ${served}`);
  }
}

async function ensureDatabase(client: Client): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`create database ${DATABASE}`);
  } catch (error) {
    // Another process makes it at this moment.
    if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
  }
}

/**
 * Connects to the server of this cluster in a way that the last one to leave cannot miss.
 *
 * Who leaves holds the lock from counting until the server is down, so: either they count us and let it
 * run, or we get no lock before the server cuts us off. The connection after it proves that no shutdown has
 * begun, for then new ones are refused.
 */
async function enter(cluster: Cluster, port: number): Promise<Client> {
  let client: Client | undefined;
  try {
    client = await connect(cluster, port, MEETING_PLACE);
    await refuseOtherCluster(client, cluster);
    await client.query('select pg_advisory_lock($1)', [LEAVE_LOCK]);
    await client.query('select pg_advisory_unlock($1)', [LEAVE_LOCK]);
    await ensureDatabase(client);
    await (await connect(cluster, port, DATABASE)).end();
    return client;
  } catch (error) {
    await client?.end().catch(() => undefined);
    throw translate(error, cluster);
  }
}

/** The connection that tells the other processes of this cluster that ours still needs the server. */
export class Keeper {
  private client: Client | undefined;
  private leaving = false;

  private constructor(
    private readonly cluster: Cluster,
    readonly port: number,
    private readonly log: (line: string) => void,
  ) {}

  /** Throws NotYetError while the server starts or stops. Of the processes of a cluster one at a time may call it. */
  static async enter(cluster: Cluster, port: number, log: (line: string) => void): Promise<Keeper> {
    const client = await enter(cluster, port);
    try {
      await ensureServiceRole(client, cluster.password);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw translate(error, cluster);
    }
    const keeper = new Keeper(cluster, port, log);
    keeper.hold(client);
    return keeper;
  }

  /**
   * Says goodbye. With nobody else left it calls `stopServer` while it still holds the lock that keeps new
   * processes from entering. Returns false where the server was left running.
   */
  async leave(stopServer: () => Promise<void>): Promise<boolean> {
    this.leaving = true;
    let client = this.client;
    try {
      // A connection lost on the way says nothing about the server: it may have recovered since.
      client ??= await enter(this.cluster, this.port);
      const isLast = await this.isLast(client).catch((error: unknown) => {
        throw translate(error, this.cluster);
      });
      if (isLast) await stopServer();
      return isLast;
    } catch (error) {
      // Somebody else stopped it, or it is gone.
      if (error instanceof NotYetError) return true;
      throw error;
    } finally {
      await client?.end().catch(() => undefined);
    }
  }

  private async isLast(client: Client): Promise<boolean> {
    await client.query('select pg_advisory_lock($1)', [LEAVE_LOCK]);
    const others = await client.query(
      'select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() limit 1',
      [PRESENT],
    );
    // The lock is released before the connection leaves pg_stat_activity: the next to leave must not count it.
    await client.query(`set application_name = '${LEAVING}'`);
    return others.rowCount === 0;
  }

  private hold(client: Client): void {
    this.client = client;
    client.once('end', () => {
      this.client = undefined;
      if (this.leaving) return;
      this.log('The connection to the embedded PostgreSQL was lost.');
      this.rejoin(REJOIN_TRIES);
    });
  }

  /** After a crash of one of its processes the server cuts everybody off and comes back on the same port. */
  private rejoin(tries: number): void {
    const timer = setTimeout(() => {
      void this.tryToRejoin(tries);
    }, REJOIN_DELAY_MS);
    timer.unref();
  }

  private async tryToRejoin(tries: number): Promise<void> {
    if (this.leaving) return;
    try {
      const client = await enter(this.cluster, this.port);
      if (this.isLeaving()) return await client.end();
      this.hold(client);
      this.log('The connection to the embedded PostgreSQL is back.');
    } catch (error) {
      if (tries > 1) this.rejoin(tries - 1);
      else this.log(`The embedded PostgreSQL did not come back: ${String(error)}`);
    }
  }

  /** Read anew after a wait, in which leave() may have been called. */
  private isLeaving(): boolean {
    return this.leaving;
  }
}
