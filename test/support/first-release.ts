import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { createTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';

const root = path.resolve(__dirname, '../..');
const LAST_MIGRATION = 1_764_200_000_000;

/** The number of migrations of release 0.1. */
export const MIGRATION_COUNT = 12;

/** The latest instant in the history of the database. */
export const NOW = '2026-01-07T09:00:00-05:00';

/** The output of `ledger:verify` of release 0.1 for the database. */
export const CHAIN_HEAD = '2:a726fc2b0fe923b8882359ccd55968fc9625b54de8b3d9b969a49d69969932ec';

/** The text of each page of every loan agreement of release 0.1, without the print time. */
export const AGREEMENTS = JSON.parse(
  readFileSync(path.join(root, 'test/fixtures/agreements-of-0.1.json'), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

/** A database of release 0.1: its schema and the data of test/fixtures/database-of-0.1.sql. */
export async function createDatabaseOfFirstRelease(): Promise<TestDatabase> {
  const database = await createTestDatabase('template1');
  await migrateToFirstRelease(database.ownerUrl);
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(`
      BEGIN;
      SET LOCAL session_replication_role = replica;
      ${readFileSync(path.join(root, 'test/fixtures/database-of-0.1.sql'), 'utf8')}
      COMMIT;`);
  } finally {
    await client.end();
  }
  return database;
}

async function migrateToFirstRelease(url: string): Promise<void> {
  const migrations = readdirSync(path.join(root, 'migrations'))
    .filter((name) => Number.parseInt(name, 10) <= LAST_MIGRATION)
    .map((name) => path.join(root, 'migrations', name));
  const dataSource = new DataSource({ ...dataSourceOptions({ url, poolSize: 1 }), migrations });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}
