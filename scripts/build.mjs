/**
 * Builds the service into dist/ and the console into console/dist/, once for each state of the sources.
 *
 * `npm start` and `npm test` may run at the same time in one checkout, and both need the builds. The lock lets one
 * of them build while the other waits. The stamps then show the second one that the builds are current.
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
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const lockDir = path.join(root, '.build-lock');
const LOCK_STALE_MS = 180_000;

const PARTS = [
  {
    output: 'dist',
    inputs: [
      'src',
      'migrations',
      'ormconfig.ts',
      'tsconfig.json',
      'tsconfig.build.json',
      'nest-cli.json',
      'package-lock.json',
    ],
    folder: '.',
    command: () => [createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js'), 'build'],
  },
  {
    output: 'console/dist',
    inputs: [
      'console/src',
      'console/public',
      'console/index.html',
      'console/vite.config.ts',
      'console/package.json',
      'package-lock.json',
    ],
    folder: 'console',
    command: () => [viteCommand(), 'build', '--logLevel', 'warn'],
  },
];

/** The package of Vite does not export its command, but its manifest is in the same folder. */
function viteCommand() {
  const from = createRequire(pathToFileURL(path.join(root, 'console/package.json')));
  return path.join(path.dirname(from.resolve('vite/package.json')), 'bin/vite.js');
}

function filesUnder(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !item.name.endsWith('.spec.ts'))
    .map((item) => path.join(item.parentPath, item.name));
}

function fingerprint({ inputs }) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(path.join(root, input))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const stampOf = ({ output }) => path.join(root, output, '.stamp');

function isCurrent(part) {
  const stamp = stampOf(part);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part);
}

async function acquireLock() {
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

/**
 * Builds into an empty folder, so that no output of a deleted source remains. A failed build restores the previous
 * output.
 */
function build(part) {
  const output = path.join(root, part.output);
  const previous = path.join(lockDir, 'previous');
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(output)) renameSync(output, previous);
  const built = fingerprint(part);
  const result = spawnSync(process.execPath, part.command(), {
    cwd: path.join(root, part.folder),
    // even in a test run: otherwise Vite bundles the development build of React
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status === 0) {
    writeFileSync(stampOf(part), built);
    return;
  }
  process.exitCode = result.status ?? 1;
  rmSync(output, { recursive: true, force: true });
  if (existsSync(previous)) renameSync(previous, output);
}

if (!PARTS.every(isCurrent)) {
  await acquireLock();
  try {
    for (const part of PARTS) if (!isCurrent(part)) build(part);
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}
