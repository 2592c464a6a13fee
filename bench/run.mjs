/**
 * Measures everything that has a target, and prints one line for each: whether it holds, its ratio and the target. Ends
 * with exit code 1 if one misses. Usage: npm run bench [-- --quick] [--only NAME] [--baseline DIR] [--pgledger DIR].
 * Each `bench/NAME.bench.mjs` is one topic with `async function* measure({ quick, baselineDir, pgledgerDir, log })`,
 * which yields what `bench/support/targets.mjs` makes.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadNow } from './support/targets.mjs';

const TOPIC = '.bench.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    baseline: { type: 'string' },
    pgledger: { type: 'string' },
  },
});

/** The absolute path of a folder that the user names. Throws unless it contains `file`. */
function folderWith(file, folder, advice) {
  if (folder === undefined) return undefined;
  if (!existsSync(path.join(folder, file))) throw new Error(`${folder} has no ${file}: ${advice}`);
  return path.resolve(folder);
}

function topicsToRun() {
  const all = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(TOPIC))
    .map((file) => file.slice(0, -TOPIC.length));
  const unknown = values.only?.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no topic ${unknown}. The topics are ${all.join(', ')}.`);
  return all.filter((name) => values.only?.includes(name) ?? true);
}

function printLine({ name, ratio, target, holds, rounds, details, skipped }) {
  const verdict = skipped === undefined ? (holds ? 'holds' : 'MISSES') : 'skipped';
  const measured = skipped === undefined ? `${ratio.toFixed(2)} (target ${target})` : `(target ${target})`;
  const notes = skipped ?? [`${rounds} rounds`, details, loadNow()].filter(Boolean).join(', ');
  console.log(`${verdict.padEnd(8)} ${name}: ${measured}; ${notes}`);
}

const options = {
  quick: values.quick,
  baselineDir: folderWith(
    'dist/src/main.js',
    values.baseline,
    'build that checkout with npm ci && npm run build',
  ),
  pgledgerDir: folderWith('pgledger.sql', values.pgledger, 'name a checkout of pgledger'),
  log: (line) => console.error(`         ${line}`),
};
let missed = 0;
for (const topic of topicsToRun()) {
  const { measure } = await import(`./${topic}${TOPIC}`);
  for await (const result of measure(options)) {
    printLine(result);
    if (result.holds === false) missed += 1;
  }
}
if (missed > 0) console.log(`${missed} ${missed === 1 ? 'target is' : 'targets are'} missed.`);
process.exitCode = missed > 0 ? 1 : 0;
