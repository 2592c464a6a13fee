/**
 * Measures the cost of hashes and seals for the weekly posting: the same service runs alternately on copies of one
 * seeded database with and without the hash and seal triggers. Usage, after a build: node bench/seals.mjs [DUE
 * [ROUNDS]].
 */
import 'reflect-metadata';
import pg from 'pg';
import { openBenchServer } from './support/database.mjs';
import { postByService } from './support/post-by-service.mjs';
import { seedDue } from './support/seed-due.mjs';

const [size = 50_000, rounds = 7] = process.argv.slice(2).map(Number);
const WITHOUT = `
  DROP TRIGGER trg_ledger_postings_hash ON ledger_postings;
  DROP TRIGGER trg_ledger_postings_seal ON ledger_postings;
  ALTER TABLE ledger_postings ALTER COLUMN row_hash DROP NOT NULL`;

async function withoutSeals(url) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(WITHOUT);
  await client.end();
  return postByService(url);
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const server = await openBenchServer();
try {
  await server.template('due', (client) => seedDue(client, size));
  const times = { sealed: [], bare: [] };
  const ratios = [];
  for (let round = 0; round < rounds; round += 1) {
    const runs = [
      ['sealed', postByService],
      ['bare', withoutSeals],
    ];
    // the machine may be warmer or colder for the first run, so the order alternates too
    if (round % 2) runs.reverse();
    for (const [name, run] of runs) times[name].push((await server.onCopy('due', run)).ms);
    ratios.push(times.sealed.at(-1) / times.bare.at(-1));
  }
  for (const [name, of] of Object.entries(times)) {
    console.log(`${name.padEnd(8)}${((1000 * median(of)) / size).toFixed(1)} us a row, median of ${rounds}`);
  }
  console.log(`sealed/bare: medians ${(median(times.sealed) / median(times.bare)).toFixed(3)}`);
  console.log(
    `             by rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}, median ${median(ratios).toFixed(3)}`,
  );
} finally {
  await server.close();
}
