import path from 'node:path';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';

const POSTGRES_DATE_OID = 1082;

/** A date is a day: left as text, it cannot move to another day in another time zone. */
pg.types.setTypeParser(POSTGRES_DATE_OID, (text) => text);

export interface DatabaseSettings {
  readonly url: string;
  readonly poolSize: number;
}

/** Connection, entities and migrations, the same for the service, the command line and TypeORM's own CLI. */
export function dataSourceOptions({ url, poolSize }: DatabaseSettings): DataSourceOptions {
  const sources = path.resolve(import.meta.dirname, '../..');
  return {
    type: 'postgres',
    url,
    applicationName: 'driver-loans',
    entities: [path.join(sources, 'modules/**/*.entity.{js,ts}')],
    migrations: [path.join(sources, '../migrations/*.{js,ts}')],
    migrationsTableName: 'schema_migrations',
    poolSize,
    logging: false,
    extra: { connectionTimeoutMillis: 5_000, statement_timeout: 30_000, lock_timeout: 20_000 },
  };
}
