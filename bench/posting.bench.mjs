import { pathToFileURL } from 'node:url';
import path from 'node:path';
import pg from 'pg';
import { openBenchServer } from './support/database.mjs';
import { seedPgledger, transferByPgledger } from './support/pgledger.mjs';
import { postReadyMade } from './support/ready-made.mjs';
import { releaseIn } from './support/release.mjs';
import { seedDue } from './support/seed-due.mjs';
import { alternate, measured, NEEDS_BASELINE, skipped } from './support/targets.mjs';

const NEEDS_PGLEDGER = 'needs --pgledger DIR, a checkout of pgledger';
/** Its best batch */
const TRANSFERS = 10_000;

/** The triggers whose cost is measured, and what makes a table writable without them. */
const HASHES_AND_SEALS = `
  DROP TRIGGER trg_ledger_postings_hash ON ledger_postings;
  DROP TRIGGER trg_ledger_postings_seal ON ledger_postings;
  ALTER TABLE ledger_postings ALTER COLUMN row_hash DROP NOT NULL`;
const IMMUTABILITY = `
  DROP TRIGGER trg_ledger_postings_immutable ON ledger_postings;
  DROP TRIGGER trg_ledger_postings_kept ON ledger_postings;
  DROP TRIGGER trg_ledger_balances_terms ON ledger_balances;
  DROP TRIGGER trg_ledger_balances_kept ON ledger_balances;
  DROP TRIGGER trg_loan_schedules_posted_terms ON loan_schedules`;

async function run(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** The weekly posting, one process (docs/performance.md, "The weekly posting"). */
export async function* measure(options) {
  const server = await openBenchServer();
  try {
    yield* againstRivals(server, options);
    yield* asItGrows(server, options);
  } finally {
    await server.close();
  }
}

async function* againstRivals(server, { quick, baselineDir, pgledgerDir, log }) {
  const [due, rounds] = quick ? [10_000, 3] : [50_000, 5];
  const current = releaseIn();
  log(`seeding ${due} due installments`);
  await server.template('due', (client) => seedDue(client, due, { isSealed: false }));
  const perRow = async (release, url, settings) => {
    const { ms, posted } = await release.post(url, settings);
    if (posted !== due) throw new Error(`posted ${posted} of ${due}`);
    return ms / posted;
  };
  const post = (settings) => () => server.onCopy('due', (url) => perRow(current, url, settings));
  const without = (triggers) => () =>
    server.onCopy('due', async (url) => {
      await run(url, triggers);
      return perRow(current, url, { POSTING_WORKERS: '1' });
    });
  const rivals = {
    one: post({ POSTING_WORKERS: '1' }),
    two: post({ POSTING_WORKERS: '2' }),
    limit: () => server.onCopy('due', async (url) => (await postReadyMade(url)) / due),
    unsealed: without(HASHES_AND_SEALS),
    changeable: without(IMMUTABILITY),
  };
  if (baselineDir !== undefined) {
    const baseline = releaseIn(baselineDir);
    const { seedDue: seed } = await import(pathToFileURL(path.join(baseline.support, 'seed-due.mjs')));
    await server.template('baseline', (client) => seed(client, due), baseline.migrate);
    rivals.baseline = () => server.onCopy('baseline', (url) => perRow(baseline, url));
  }
  if (pgledgerDir !== undefined) {
    await server.template(
      'pgledger',
      (client) => seedPgledger(client, pgledgerDir),
      () => undefined,
    );
    rivals.pgledger = () =>
      server.onCopy('pgledger', async (url) => (await transferByPgledger(url, TRANSFERS)) / TRANSFERS);
  }
  log(`posting them: ${rounds} rounds of ${Object.keys(rivals).join(', ')}`);
  const times = await alternate(rounds, rivals);
  const target = (name, [one, other], limit) =>
    measured(name, times.ratio(one, other), limit, { rounds, details: inMicroseconds(times, one, other) });
  yield baselineDir === undefined
    ? skipped('posting, one worker / release 0.1', '<= 0.65', NEEDS_BASELINE)
    : target('posting, one worker / release 0.1', ['one', 'baseline'], '<= 0.65');
  yield target('posting, one worker / two workers', ['one', 'two'], '>= 1.5');
  yield target('posting, ready-made rows / one worker', ['limit', 'one'], '>= 0.85');
  for (const [workers, name, limit] of [
    ['one', 'pgledger, a transfer / posting, one worker', '>= 3.5'],
    ['two', 'pgledger, a transfer / posting, two workers', '>= 5'],
  ]) {
    yield pgledgerDir === undefined
      ? skipped(name, limit, NEEDS_PGLEDGER)
      : target(name, ['pgledger', workers], limit);
  }
  yield target('posting with / without hashes and seals', ['one', 'unsealed'], '<= 1.12');
  yield target('posting with / without immutability triggers', ['one', 'changeable'], '<= 1.02');
}

/** The medians of two rivals, and their ratio beside the median of the ratios. */
function inMicroseconds(times, one, other) {
  const medians = [one, other].map((name) => `${name} ${(1000 * times.medianOf(name)).toFixed(1)} us`);
  return `${medians.join(', ')}, ratio of these ${times.ratioOfMedians(one, other).toFixed(2)}`;
}

/** A hundred times as many in one run, and week after week without a vacuum. */
async function* asItGrows(server, { quick, log }) {
  const [small, large, weekly, rounds] = quick ? [5_000, 50_000, 5_000, 3] : [10_000, 1_000_000, 100_000, 3];
  const current = releaseIn();
  for (const due of [small, large]) {
    log(`seeding ${due} due installments`);
    await server.template(`due_${due}`, (client) => seedDue(client, due, { perLoan: 2, isSealed: false }));
  }
  let longest = 0;
  const perRow = (due) => () =>
    server.onCopy(`due_${due}`, async (url) => {
      const { ms, posted, longestBatchMs } = await current.post(url, { POSTING_WORKERS: '1' });
      longest = Math.max(longest, longestBatchMs);
      return ms / posted;
    });
  log(`posting them: ${rounds} rounds`);
  const sizes = await alternate(rounds, { small: perRow(small), large: perRow(large) });
  yield measured(`posting, a row of ${large} / of ${small}`, sizes.ratio('large', 'small'), '<= 1.10', {
    rounds,
    details: inMicroseconds(sizes, 'large', 'small'),
  });
  yield measured('posting, seconds of the longest transaction', longest / 1000, '<= 1.00', { rounds });
  await server.template('weekly', (client) => seedDue(client, weekly, { isSealed: false }));
  const weeks = { first: [], last: [] };
  for (let round = 0; round < rounds; round += 1) {
    log(`posting ten weeks of ${weekly} without a vacuum`);
    const times = await server.onCopy('weekly', (url) => postTenWeeks(current, url));
    weeks.first.push(times[0]);
    weeks.last.push(times.at(-1));
  }
  const turn = { first: 0, last: 0 };
  const history = await alternate(rounds, {
    first: () => weeks.first[turn.first++],
    last: () => weeks.last[turn.last++],
  });
  yield measured(
    `posting, a row of the tenth week of ${weekly} / of the first, without a vacuum`,
    history.ratio('last', 'first'),
    '<= 1.15',
    { rounds, details: inMicroseconds(history, 'last', 'first') },
  );
}

async function postTenWeeks(release, url) {
  await run(
    url,
    ['loan_schedules', 'driver_loans', 'ledger_postings', 'ledger_balances']
      .map((table) => `ALTER TABLE ${table} SET (autovacuum_enabled = false)`)
      .join(';'),
  );
  const times = [];
  for (let week = 0; week < 10; week += 1) {
    const { ms, posted } = await release.post(url, { POSTING_WORKERS: '1' }, week);
    times.push(ms / posted);
  }
  return times;
}
