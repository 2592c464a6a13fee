/**
 * Builds dist/ once per state of the sources.
 *
 * `npm start` and `npm test` may run at the same time in one checkout, and both need the build: the lock
 * lets one of them build while the other waits, and the stamp tells the second that nothing is left to do.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '..');
const stampFile = path.join(root, 'dist', '.stamp');
const lockDir = path.join(root, '.build-lock');
const LOCK_STALE_MS = 180_000;
const INPUTS = [
  'src',
  'migrations',
  'ormconfig.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package-lock.json',
];

function filesUnder(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !item.name.endsWith('.spec.ts'))
    .map((item) => path.join(item.parentPath, item.name));
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesUnder(path.join(root, input))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function isCurrent() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();
}

async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lockDir);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const ageMs = existsSync(lockDir) ? Date.now() - statSync(lockDir).mtimeMs : 0;
      if (ageMs > LOCK_STALE_MS) rmSync(lockDir, { recursive: true, force: true });
      await sleep(200);
    }
  }
}

/** From an empty dist/, so that no file of a source that is gone lives on; a build that fails leaves the old one. */
function build() {
  const dist = path.join(root, 'dist');
  const previous = path.join(lockDir, 'previous');
  if (existsSync(dist)) renameSync(dist, previous);
  const built = fingerprint();
  const nest = createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js');
  const result = spawnSync(process.execPath, [nest, 'build'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status === 0) {
    writeFileSync(stampFile, built);
    return;
  }
  process.exitCode = result.status ?? 1;
  rmSync(dist, { recursive: true, force: true });
  if (existsSync(previous)) renameSync(previous, dist);
}

if (!isCurrent()) {
  await takeLock();
  try {
    if (!isCurrent()) build();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}
