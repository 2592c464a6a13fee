import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../dist/src/platform/database/embedded-postgres.js';
import { migrate } from '../../dist/src/platform/database/migrate.js';

/** AUTH_JWT_SECRET of the benchmarked service */
export const SECRET = randomBytes(48).toString('base64url');

/** Starts a separate, durable PostgreSQL in which databases are copied from seeded templates. */
export async function openBenchServer() {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'driver-loans-bench-'));
  const server = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  // a connection for each statement, because bench/faults.mjs crashes the server
  const admin = {
    async query(statement) {
      const client = new pg.Client(server.ownerUrl);
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end();
      }
    },
  };
  await admin.query(`ALTER SYSTEM SET shared_buffers = '1GB'`);
  await admin.query(`ALTER SYSTEM SET max_wal_size = '4GB'`);
  const urlOf = (name) => Object.assign(new URL(server.ownerUrl), { pathname: `/${name}` }).href;
  return {
    urlOf,
    /** Creates a migrated database and seeds it. @param migrateSchema another release's own, or nothing at all */
    async template(name, seed, migrateSchema = migrate) {
      await admin.query(`CREATE DATABASE ${name}`);
      await migrateSchema(urlOf(name));
      const client = new pg.Client(urlOf(name));
      await client.connect();
      try {
        await seed(client);
        await client.query('VACUUM ANALYZE');
      } finally {
        await client.end();
      }
    },
    /** Changes a template, for example by rows that were measured on a copy of it. */
    async change(template, work) {
      const client = new pg.Client(urlOf(template));
      await client.connect();
      await work(client);
      await client.query('VACUUM ANALYZE');
      await client.end();
    },
    /** Runs the work on a fresh copy of the template, then drops the copy. */
    async onCopy(template, work) {
      await admin.query(`CREATE DATABASE work TEMPLATE ${template} STRATEGY file_copy`);
      await admin.query('CHECKPOINT');
      try {
        return await work(urlOf('work'));
      } finally {
        await admin.query('DROP DATABASE work WITH (FORCE)');
      }
    },
    /** Runs the work on a new, empty database, then drops it. */
    async onEmpty(name, work) {
      await admin.query(`CREATE DATABASE ${name}`);
      try {
        return await work(urlOf(name));
      } finally {
        await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Statistics and visibility as after an autovacuum. */
export async function analyze(url) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.end();
}

/** Reads the tables once, so that the first run does not pay for a cold cache. */
export async function warm(client) {
  for (const table of ['loan_schedules', 'driver_loans', 'leases', 'drivers']) {
    await client.query(`SELECT count(*) FROM (SELECT t.* FROM ${table} t OFFSET 0) AS rows`);
  }
}
