/**
 * Restores a backup into an empty database and proves it: npm run restore -- FILE [HEAD]. HEAD is the chain head that the
 * backup printed. docs/backup.md has the details.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { databaseUrl, fail, queryOnce, requireDone } from './database-url.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [file, head, ...rest] = process.argv.slice(2);
if (!file || rest.length > 0) fail('say which file to read: npm run restore -- FILE [HEAD]');
if (!existsSync(file)) fail(`there is no file ${file}.`);
const { url, database, withoutPassword, env } = databaseUrl();

async function countRelations() {
  const [row] = await queryOnce(
    url,
    `SELECT count(*)::integer AS count FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`,
  );
  return row.count;
}

const relations = await countRelations().catch((error) => fail(error.message));
if (relations > 0) {
  fail(
    `${database} is not empty, and a restore never writes over anything: make a new database (createdb) and name it in DATABASE_URL.`,
  );
}
// All of it or nothing: a database that is restored by half looks like a whole one
const restored = spawnSync(
  'pg_restore',
  [
    '--single-transaction',
    '--exit-on-error',
    '--no-owner',
    '--no-privileges',
    `--dbname=${withoutPassword}`,
    file,
  ],
  { env, stdio: ['ignore', 'inherit', 'inherit'] },
);
requireDone('pg_restore', restored);
console.log(`Restored ${file} into ${database}`);

const verified = spawnSync(
  process.execPath,
  [path.join(root, 'dist/src/cli/main.js'), 'ledger:verify', ...(head ? ['--head', head] : [])],
  {
    cwd: root,
    // ledger:verify signs nothing, and the settings ask for a secret beside DATABASE_URL
    env: { AUTH_JWT_SECRET: randomBytes(48).toString('base64url'), ...process.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
if (verified.status !== 0)
  fail(`what is in ${database} does not agree with itself: do not run the service on it.`);
