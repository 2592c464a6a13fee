/** Fails if a committed generated file differs from what the sources generate now. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const GENERATED = [
  { file: 'src/platform/integrity/schema-definitions.ts', script: 'schema:write' },
  { file: 'openapi.json', script: 'openapi:write' },
  { file: 'console/src/api/schema.d.ts', script: 'console:types' },
  { file: 'console/src/i18n/code-lists.ts', script: 'console:types' },
];

function contentOf(file) {
  const full = path.join(root, file);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

function run(script) {
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm run ${script} failed`);
}

for (const { file, script } of GENERATED) {
  const before = contentOf(file);
  run(script);
  if (contentOf(file) === before) continue;
  console.error(
    `${file} was stale. \`npm run ${script}\` has regenerated it: check the difference and commit it.`,
  );
  process.exitCode = 1;
}
