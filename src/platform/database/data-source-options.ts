import path from 'node:path';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { DatabaseClient } from './database-client.js';

const POSTGRES_DATE_OID = 1082;

/** Dates stay text, so that a time zone cannot shift the day. */
pg.types.setTypeParser(POSTGRES_DATE_OID, (text) => text);

export interface DatabaseSettings {
  readonly url: string;
  /** Connections that stay open */
  readonly poolSize: number;
  /** Extra connections, opened while all others are busy and closed soon after. Default: 0. */
  readonly poolOverflow?: number;
  /** Time limit of a statement. No limit by default, for example for migrations. */
  readonly statementTimeoutSeconds?: number;
  /** Whether statements are prepared. Default: unless the connection leads through a pooler. */
  readonly preparedStatements?: boolean | undefined;
}

/** A request that waits longer for a connection fails with 503 */
const CONNECTION_TIMEOUT_MS = 5_000;
/** Longer than a posting batch takes on a slow machine, while other transactions wait for its lock */
const LOCK_TIMEOUT_MS = 20_000;
/** Our transactions are never idle. An idle one has lost its process, or its reader has stopped. */
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000;
/** An extra connection is closed after this time */
const IDLE_CONNECTION_MS = 10_000;
/** Replacing old connections frees memory and follows a failover behind the same host name */
const CONNECTION_LIFETIME_SECONDS = 1_800;

/** Connection, entities and migrations, the same for the service, the CLI and the TypeORM CLI. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  const { url, poolSize, poolOverflow = 0, statementTimeoutSeconds = 0, preparedStatements } = settings;
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
      preparedStatements,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      min: poolSize,
      maxLifetimeSeconds: CONNECTION_LIFETIME_SECONDS,
      // detects a connection whose peer vanished silently
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      statement_timeout: statementTimeoutSeconds * 1_000,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    },
  };
}
