/** Fails if the console's first load exceeds its budget: the files of index.html and of the first page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 245;
const dist = path.resolve(import.meta.dirname, '../console/dist');
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'));

/** The chunk and its static imports, without lazy ones. */
function filesOf(entry, found = new Set()) {
  const { file, imports = [] } = manifest[entry];
  if (found.has(file)) return found;
  found.add(file);
  for (const name of imports) filesOf(name, found);
  return found;
}

const firstPage = 'src/features/dashboard/dashboard-page.tsx';
const files = [...filesOf('index.html'), ...filesOf(firstPage)];
const bytes = [...new Set(files)].reduce(
  (sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length,
  0,
);
const kb = Math.round(bytes / 1000);
console.log(`The console's first load: ${kb} kB of JavaScript, gzipped (budget ${BUDGET_KB} kB)`);
if (kb > BUDGET_KB) process.exitCode = 1;
