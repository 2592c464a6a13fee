/**
 * The database URL of the owner for the client programs of PostgreSQL. The password is passed in the environment
 * because every user of the machine can read command lines.
 */
import { existsSync } from 'node:fs';
import pg from 'pg';

export function databaseUrl() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const ownerUrl = process.env.DATABASE_MIGRATION_URL || process.env.DATABASE_URL;
  if (!ownerUrl)
    fail(
      'DATABASE_URL is not set. Set it to the database, for example postgres://user:password@host:5432/database.',
    );
  const url = new URL(ownerUrl);
  if (process.env.DATABASE_URL && new URL(process.env.DATABASE_URL).pathname !== url.pathname)
    fail('DATABASE_MIGRATION_URL and DATABASE_URL name different databases. Set both to the same database.');
  const password = decodeURIComponent(url.password);
  url.password = '';
  return {
    url: ownerUrl,
    database: decodeURIComponent(url.pathname.slice(1)),
    withoutPassword: url.href,
    env: password ? { ...process.env, PGPASSWORD: password } : process.env,
  };
}

/** Runs one query on its own connection and returns the rows. Rejects if the connection ends. */
export async function queryOnce(url, text) {
  const client = new pg.Client({ connectionString: url });
  // without a listener, a lost connection would end the script with a stack trace
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Ends the script with an error message. */
export function fail(sentence) {
  console.error(`error: ${sentence}`);
  process.exit(1);
}

/** Ends the script if a program of PostgreSQL failed. The program has printed the reason. */
export function requireSuccess(program, { error, status }) {
  if (error?.code === 'ENOENT')
    fail(`${program} is not installed. Install the client programs of PostgreSQL.`);
  if (error) throw error;
  if (status !== 0) fail(`${program} failed.`);
}
