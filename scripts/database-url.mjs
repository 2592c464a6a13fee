/**
 * The database as its owner, as PostgreSQL's own programs take it: everybody may read a command line, so the password is not
 * on it.
 */
import { existsSync } from 'node:fs';
import pg from 'pg';

export function databaseUrl() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const given = process.env.DATABASE_MIGRATION_URL || process.env.DATABASE_URL;
  if (!given)
    fail('DATABASE_URL names the database, as postgres://user:password@host:5432/database: set it.');
  const url = new URL(given);
  if (process.env.DATABASE_URL && new URL(process.env.DATABASE_URL).pathname !== url.pathname)
    fail('DATABASE_MIGRATION_URL and DATABASE_URL name two databases: let both name the same one.');
  const password = decodeURIComponent(url.password);
  url.password = '';
  return {
    url: given,
    database: decodeURIComponent(url.pathname.slice(1)),
    withoutPassword: url.href,
    env: password ? { ...process.env, PGPASSWORD: password } : process.env,
  };
}

/** The rows of one query, on a connection of its own. Rejects, however the connection ends. */
export async function queryOnce(url, text) {
  const client = new pg.Client({ connectionString: url });
  // without a listener, a connection that the server ends would end the script with a stack
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Ends with one sentence. */
export function fail(sentence) {
  console.error(`error: ${sentence}`);
  process.exit(1);
}

/** Ends where a program of PostgreSQL did not do its work; it has said why itself. */
export function requireDone(program, { error, status }) {
  if (error?.code === 'ENOENT')
    fail(`${program} is not installed: it comes with PostgreSQL's client programs.`);
  if (error) throw error;
  if (status !== 0) fail(`${program} failed.`);
}
