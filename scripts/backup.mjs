/** Backs up the database to a file: npm run backup -- FILE. Details: docs/backup.md. */
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { databaseUrl, fail, queryOnce, requireSuccess } from './database-url.mjs';

const [file, ...rest] = process.argv.slice(2);
if (!file || rest.length > 0) fail('name the file to write: npm run backup -- FILE');
if (existsSync(file)) fail(`${file} already exists: a backup never overwrites a file.`);
const { url, database, withoutPassword, env } = databaseUrl();

/** Read before the dump starts: the chain only grows, so the dump contains this head. */
async function chainHead() {
  const [link] = await queryOnce(
    url,
    `SELECT link_number || ':' || encode(hash, 'hex') AS head FROM ledger_chain ORDER BY link_number DESC LIMIT 1`,
  );
  return link?.head ?? null;
}

const head = await chainHead().catch((error) => fail(error.message));
// The file gets its final name only when it is complete. Only its owner can read it, because it contains personal
// and financial data
const partial = `${file}.partial`;
closeSync(openSync(partial, 'w', 0o600));
chmodSync(partial, 0o600);
const dumped = spawnSync(
  'pg_dump',
  ['--format=custom', '--no-owner', '--no-privileges', `--file=${partial}`, `--dbname=${withoutPassword}`],
  { env, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (dumped.status !== 0) rmSync(partial, { force: true });
requireSuccess('pg_dump', dumped);
renameSync(partial, file);
console.log(`Backed up ${database} to ${file}, ${statSync(file).size} bytes`);
console.log(`Chain head: ${head ?? 'none yet'}`);
