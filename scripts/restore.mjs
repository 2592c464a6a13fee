/**
 * Restores a backup into an empty database and verifies it: npm run restore -- FILE [HEAD]. HEAD is the chain head
 * that the backup printed. Details: docs/backup.md.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { databaseUrl, fail, queryOnce, requireSuccess } from './database-url.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [file, head, ...rest] = process.argv.slice(2);
if (!file || rest.length > 0) fail('name the file to restore: npm run restore -- FILE [HEAD]');
if (!existsSync(file)) fail(`the file ${file} does not exist.`);
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
    `${database} is not empty, and a restore never overwrites data. Create a new database (createdb) and set DATABASE_URL to it.`,
  );
}
// In one transaction: a partly restored database would look complete
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
requireSuccess('pg_restore', restored);
console.log(`Restored ${file} into ${database}`);

const verified = spawnSync(
  process.execPath,
  [path.join(root, 'dist/src/cli/main.js'), 'ledger:verify', ...(head ? ['--head', head] : [])],
  {
    cwd: root,
    // ledger:verify signs nothing, but the settings require a secret together with DATABASE_URL
    env: { AUTH_JWT_SECRET: randomBytes(48).toString('base64url'), ...process.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
if (verified.status !== 0) fail(`the verification of ${database} failed: do not run the service on it.`);
