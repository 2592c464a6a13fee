/** Writes src/platform/integrity/schema-definitions.ts from a new database that the migrations made. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

const root = path.resolve(import.meta.dirname, '..');
const FILE = path.join(root, 'src/platform/integrity/schema-definitions.ts');

const fromDist = (file) => import(pathToFileURL(path.join(root, 'dist/src/platform', file)).href);

async function readDefinitions(url) {
  const { fingerprintOf, keyOf, readSchema } = await fromDist('integrity/schema-catalog.js');
  const { setVerificationSession } = await fromDist('integrity/verification-session.js');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const db = { query: async (sql) => (await client.query(sql)).rows };
    await client.query('BEGIN');
    await setVerificationSession(db);
    const objects = await readSchema(db);
    return objects.map((object) => `  ${JSON.stringify(keyOf(object))}: '${fingerprintOf(object)}',`);
  } finally {
    await client.end();
  }
}

const { EmbeddedPostgres } = await fromDist('database/embedded-postgres.js');
const { migrate } = await fromDist('database/migrate.js');
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-schema-'));
const server = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
try {
  await migrate(server.ownerUrl, server.url);
  writeFileSync(
    FILE,
    [
      '/** Made by `npm run schema:write`: what the migrations make, each with the SHA-256 of its definition. */',
      'export const SCHEMA_DEFINITIONS: Readonly<Record<string, string>> = {',
      ...(await readDefinitions(server.url)),
      '};',
      '',
    ].join('\n'),
  );
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
