/**
 * Measures imports on the command line, each in its own process: seconds from start to end, and peak resident
 * memory. Usage, after a build: node bench/imports.mjs [ROWS]. Default: 100000 of each kind.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openBenchServer, SECRET } from './support/database.mjs';

const START_WEEK = '2026-01-04';
const KINDS = {
  drivers: {
    header: 'tlc_license_number,first_name,last_name,phone,email',
    row: (n) =>
      `T${n},Ada,Rider ${n},+1 212 555 ${String(n % 10_000).padStart(4, '0')},rider${n}@example.com`,
  },
  leases: {
    header: 'lease_number,tlc_license_number,medallion_number,vehicle_plate,start_date',
    row: (n) => `L-${n},T${n},M${n},P${n},2025-01-05`,
  },
  loans: {
    header: 'reference,tlc_license_number,lease_number,loan_amount,interest_rate,start_week,purpose',
    row: (n) => `R-${n},T${n},L-${n},${200 + (n % 4_000)}.50,10,${START_WEEK},Opening balance`,
  },
  charges: {
    header: 'tlc_license_number,lease_number,category,amount,reference',
    row: (n) => `T${n},L-${n},EZPASS,${10 + (n % 90)}.50,C-${n}`,
  },
};

function* lines({ header, row }, rows) {
  yield `${header}\n`;
  for (let n = 1; n <= rows; n += 1) yield `${row(n)}\n`;
}

/** Makes the process print its peak memory, in KiB, at exit. */
const PRINT_MEMORY = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => process.stderr.write('maxRSS ' + process.resourceUsage().maxRSS + '\\n'))`,
)}`;

function run(url, kind, file) {
  const main = path.join(import.meta.dirname, '../dist/src/cli/main.js');
  const settings = {
    DATABASE_URL: url,
    NODE_ENV: 'development',
    AUTH_JWT_SECRET: SECRET,
    CLOCK_NOW: '2026-01-02T09:00:00-05:00',
  };
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', PRINT_MEMORY, main, `import:${kind}`, file],
    { encoding: 'utf8', env: { ...process.env, ...settings } },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(stderr + stdout);
  const megabytes = Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024;
  console.log(
    `${kind.padEnd(8)} ${seconds.toFixed(1)} s, at most ${megabytes.toFixed(0)} MB, load ` +
      `${os.loadavg()[0].toFixed(0)}: ${stdout.trim()}`,
  );
}

const rows = Number(process.argv[2] ?? 100_000);
const folder = await mkdtemp(path.join(os.tmpdir(), 'driver-loans-bench-'));
const server = await openBenchServer();
try {
  await server.template('empty', () => undefined);
  await server.onCopy('empty', async (url) => {
    for (const [kind, what] of Object.entries(KINDS)) {
      const file = path.join(folder, `${kind}.csv`);
      await pipeline(Readable.from(lines(what, rows)), createWriteStream(file));
      run(url, kind, file);
      run(url, kind, file);
    }
  });
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
