/**
 * Exports of all postings: the time of a CSV file compared with a row stream that fetches 100 rows at a time (the default of
 * pg-query-stream) piped through csv-stringify, the time of an Excel file compared with CSV, and the memory above the idle
 * service. Each run is a process of its own.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { openBenchServer } from './support/database.mjs';
import { measured, median } from './support/targets.mjs';
import { seedDue } from './support/seed-due.mjs';
import { seedPostings } from './support/seed-postings.mjs';

const WAYS = ['default', 'csv', 'excel'];

export async function* measure({ quick = false, log = () => undefined } = {}) {
  const [rows, rounds] = quick ? [100_000, 3] : [400_000, 5];
  const server = await openBenchServer();
  try {
    await server.template('postings', async (client) => {
      await seedDue(client, 1_000);
      await seedPostings(client, rows, 500);
    });
    const runs = await server.onCopy('postings', (url) => compare(url, rounds, log));
    const ratioOf = (one, other) =>
      median(runs[one].map((run, round) => run.seconds / runs[other][round].seconds));
    const csv = ratioOf('default', 'csv');
    yield measured(`CSV of ${rows} postings, speed of a default stream`, csv, '>= 2.2', { rounds });
    const excel = ratioOf('excel', 'csv');
    yield measured(`Excel of ${rows} postings, time of CSV`, excel, '<= 2', { rounds });
    const above = median(runs.csv.map((run) => run.above));
    yield measured(`CSV of ${rows} postings, MB above idle`, above, '<= 40', { rounds });
  } finally {
    await server.close();
  }
}

/** The ways are run in turn in each round. */
async function compare(url, rounds, log) {
  const runs = Object.fromEntries(WAYS.map((way) => [way, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const way of WAYS) {
      const file = path.join(import.meta.dirname, 'support/export-once.mjs');
      const { stdout, status } = spawnSync(process.execPath, [file, url, way], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (status !== 0) throw new Error(`the export as ${way} ended with ${status}`);
      const run = JSON.parse(stdout);
      log(`${way}: ${run.seconds.toFixed(1)} s, ${run.above.toFixed(0)} MB above idle`);
      runs[way].push(run);
    }
  }
  return runs;
}
