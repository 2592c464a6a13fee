import { DataSource } from 'typeorm';
import { dataSourceOptions } from './src/platform/database/data-source-options.js';

/** For TypeORM's own command line (npm run migration:*), as the owner of the tables. The service itself does not use it. */
export const ormconfig = new DataSource(
  dataSourceOptions({
    url:
      process.env['DATABASE_MIGRATION_URL'] ??
      process.env['DATABASE_URL'] ??
      'postgres://driver_loans:driver_loans@127.0.0.1:5432/driver_loans',
    poolSize: 2,
  }),
);
