import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

const ACCOUNTS = 10_000;
const HISTORY = 20_000;
const PARTS = 20;

const transfers = (count) => `
  SELECT count(*) FROM pgledger_create_transfers((
    SELECT array_agg((one.id, other.id, 1)::transfer_request)
    FROM generate_series(1, ${count}) AS n
    JOIN accounts one ON one.number = n % ${ACCOUNTS} JOIN accounts other ON other.number = (n + 7) % ${ACCOUNTS}))`;

/** Installs the SQL of the folder's checkout, with accounts and transfers. */
export async function seedPgledger(client, folder) {
  for (const file of ['vendor/scoville-pgsql-ulid/uuid-to-ulid.sql', 'pgledger.sql']) {
    await client.query(await readFile(path.join(folder, file), 'utf8'));
  }
  await client.query(
    `CREATE TABLE accounts AS
     SELECT n - 1 AS number, (pgledger_create_account('account ' || n, 'USD')).id
     FROM generate_series(1, ${ACCOUNTS}) AS n`,
  );
  await client.query('ALTER TABLE accounts ADD PRIMARY KEY (number)');
  // in parts, for what a session plans while the tables are empty scans them ever after
  for (let part = 0; part < PARTS; part += 1) {
    await client.query(transfers(HISTORY / PARTS));
    await client.query('ANALYZE');
  }
}

/** Milliseconds of its fastest way to write so many transfers: one call with an array of them. */
export async function transferByPgledger(url, count) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('SELECT count(*) FROM pgledger_accounts');
    const begun = performance.now();
    await client.query(transfers(count));
    return performance.now() - begun;
  } finally {
    await client.end();
  }
}
