import path from 'node:path';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { DatabaseClient } from './database-client.js';

const POSTGRES_DATE_OID = 1082;

/** A date is a day: left as text, it cannot move to another day in another time zone. */
pg.types.setTypeParser(POSTGRES_DATE_OID, (text) => text);

export interface DatabaseSettings {
  readonly url: string;
  /** Connections that are kept */
  readonly poolSize: number;
  /** Connections beyond, opened while all are busy and closed soon after; none where it is left out */
  readonly poolOverflow?: number;
  /** What one statement may take; no limit where it is left out, as for a migration */
  readonly statementTimeoutSeconds?: number;
}

/** How long a request waits for a connection before it is answered 503 */
const CONNECTION_TIMEOUT_MS = 5_000;
/** Longer than a posting's chunk takes on a slow machine, during which others wait at its gate */
const LOCK_TIMEOUT_MS = 20_000;
/** A transaction of ours never rests; one that does has lost its process, or its reader has stopped reading */
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000;
/** After which a connection of the overflow is closed */
const IDLE_CONNECTION_MS = 10_000;
/** Old connections are replaced: so they move on to a new primary behind the same name, and shed their memory */
const CONNECTION_LIFETIME_SECONDS = 1_800;

/** Connection, entities and migrations, the same for the service, the command line and TypeORM's own CLI. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  const { url, poolSize, poolOverflow = 0, statementTimeoutSeconds = 0 } = settings;
  const sources = path.resolve(import.meta.dirname, '../..');
  return {
    type: 'postgres',
    url,
    applicationName: 'driver-loans',
    entities: [path.join(sources, 'modules/**/*.entity.{js,ts}')],
    migrations: [path.join(sources, '../migrations/*.{js,ts}')],
    migrationsTableName: 'schema_migrations',
    poolSize: poolSize + poolOverflow,
    logging: false,
    extra: {
      Client: DatabaseClient,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      min: poolSize,
      maxLifetimeSeconds: CONNECTION_LIFETIME_SECONDS,
      // a connection whose other end vanished without a word is found out
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      statement_timeout: statementTimeoutSeconds * 1_000,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    },
  };
}
