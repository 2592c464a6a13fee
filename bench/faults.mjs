/**
 * Checks the books after faults. In each round two replicas post a week, settle a file of earnings and take single
 * payments, while replicas, connections and the database server are killed at random moments; the client sends again
 * what was not answered, with the same key. Then everything must be recorded exactly once. Prints a line for each round,
 * and ends with exit code 1 if a round found a difference. Usage, after a build: node bench/faults.mjs [ROUNDS]
 * [--drivers N] [--seed N].
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openBenchServer } from './support/database.mjs';
import { seedFleet, startService, THIS_RELEASE } from './support/service.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { drivers: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
const rounds = Number(positionals[0] ?? 20);
const fleetSize = Number(values.drivers);

/** The week after the posted one. The first replica posts it as soon as it runs. */
const NOW = '2025-11-11T09:00:00-05:00';
const WEEK = '2025-11-09';
/** Pays the balances of a driver in part, so that every payment has an effect */
const EARNINGS = '650.00';
const PAYMENT = '5.00';
const LONGEST_QUIET_MS = 2000;
const CASHIERS = 4;
const PATIENCE_MS = 240_000;
const RETRY_MS = 200;

/** The same numbers for the same seed (mulberry32), so that a round can be repeated as far as the timing allows. */
function randomNumbers(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

async function withDatabase(url, work) {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Two replicas, each of which is started again after it was killed. */
class Fleet {
  constructor(url, random) {
    this.url = url;
    this.random = random;
    this.replicas = [];
    this.token = '';
  }

  async start() {
    const first = await startService(THIS_RELEASE, this.url, NOW);
    this.token = first.token;
    this.replicas = [first, await startService(THIS_RELEASE, this.url, NOW, { signIn: false })];
  }

  async restart(...places) {
    await Promise.all(places.map((place) => this.replicas[place].stop('SIGKILL')));
    for (const place of places) {
      this.replicas[place] = await this.startAgain();
    }
  }

  /** A start fails while the database recovers. An operator starts it again, and so does this. */
  async startAgain() {
    for (;;) {
      try {
        return await startService(THIS_RELEASE, this.url, NOW, { signIn: false });
      } catch {
        await sleep(RETRY_MS);
      }
    }
  }

  async stop() {
    await Promise.all(this.replicas.map((replica) => replica.stop('SIGKILL')));
  }

  /** Sends the request to either replica until one answers 2xx. Counts what a client should never see. */
  async send(path, body, unexpected) {
    const key = randomUUID();
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const { origin } = this.replicas[this.random(2)];
      try {
        const answer = await fetch(`${origin}/api/v1${path}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${this.token}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify(body),
        });
        const text = await answer.text();
        if (answer.ok) return JSON.parse(text);
        if (![409, 503].includes(answer.status)) unexpected.push(`${path} ${answer.status} ${text}`);
      } catch {
        // the replica was killed, or is not back yet
      }
      await sleep(RETRY_MS);
    }
    throw new Error(`${path} had no answer within ${PATIENCE_MS / 1000} s`);
  }
}

/** Kills one backend: by name, so that its client loses the connection, or by signal, so that the server crashes. */
async function killBackend(url, random, howToKill) {
  await withDatabase(url, async (client) => {
    const { rows } = await client.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY pid`,
    );
    if (rows.length > 0) await howToKill(client, rows[random(rows.length)].pid);
  });
}

const FAULTS = {
  replica: (fleet) => fleet.restart(fleet.random(2)),
  'both replicas': (fleet) => fleet.restart(0, 1),
  connection: (fleet) =>
    killBackend(fleet.url, fleet.random, (client, pid) =>
      client.query('SELECT pg_terminate_backend($1)', [pid]),
    ),
  server: (fleet) => killBackend(fleet.url, fleet.random, (_, pid) => process.kill(pid, 'SIGKILL')),
};

/** Causes faults until the work is done. Returns how often each. */
async function causeFaults(fleet, isDone) {
  const names = Object.keys(FAULTS);
  const counts = Object.fromEntries(names.map((name) => [name, 0]));
  while (!isDone()) {
    await sleep(fleet.random(LONGEST_QUIET_MS));
    if (isDone()) break;
    const name = names[fleet.random(names.length)];
    try {
      await FAULTS[name](fleet);
      counts[name] += 1;
    } catch {
      // the server recovers from the fault before
    }
  }
  return counts;
}

/** One cashier's payments, one after the other, until the other work is done. Returns the references that were answered. */
async function payOneByOne(fleet, drivers, cashier, isDone, unexpected) {
  const references = [];
  while (!isDone()) {
    const source_id = `PAY-${cashier}-${references.length + 1}`;
    const driver_id = drivers[fleet.random(drivers.length)];
    const payment = {
      driver_id,
      amount: PAYMENT,
      payment_period_start: WEEK,
      source_type: 'CASH',
      source_id,
    };
    await fleet.send('/ledger/payments', payment, unexpected);
    references.push(source_id);
  }
  return references;
}

async function settle(fleet, drivers, unexpected) {
  const lines = drivers.map((driver_id) => ({ driver_id, amount: EARNINGS, source_id: `EARN-${driver_id}` }));
  const body = { payment_period_start: WEEK, lines };
  for (;;) {
    const run = await fleet.send('/ledger/settlement-runs', body, unexpected);
    if (run.status !== 'RUNNING') return run;
    await sleep(RETRY_MS);
  }
}

/** Posts the week until nothing of it is left. A killed run leaves its rest to the next one. */
async function post(fleet, unexpected) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const run = await fleet.send('/loans/installments/post', { payment_period_start: WEEK }, unexpected);
    if (run.success && run.installments_processed === 0) return;
    await sleep(RETRY_MS);
  }
  throw new Error(`the week was not posted within ${PATIENCE_MS / 1000} s`);
}

/** What differs from everything recorded exactly once. */
async function differencesOf(url, fleet, { drivers, run, references }) {
  const { rows } = await withDatabase(url, (client) =>
    client.query(
      `SELECT (SELECT count(*) FROM ledger_postings
               WHERE source_type = 'LOAN_INSTALLMENT' AND payment_period_start = $1)::integer AS posted,
              (SELECT count(*) FROM loan_schedules WHERE week_start = $1)::integer AS due,
              (SELECT count(*) FROM settled_earnings)::integer AS settled,
              (SELECT count(*) FROM ledger_postings WHERE source_type = 'WEEKLY_EARNINGS')::integer AS payments,
              (SELECT count(*) FROM ledger_postings WHERE source_id LIKE 'PAY-%')::integer AS paid,
              (SELECT count(*) FROM ledger_postings WHERE source_id = ANY ($2))::integer AS answered,
              (SELECT sum(amount) FROM ledger_postings WHERE source_type = 'WEEKLY_EARNINGS') AS applied,
              (SELECT count(*) FROM posting_runs WHERE status = 'RUNNING')::integer
                + (SELECT count(*) FROM settlement_runs WHERE status = 'RUNNING')::integer AS running`,
      [WEEK, references],
    ),
  );
  const found = rows[0];
  const { body } = await verify(fleet);
  const differences = [
    [found.posted, found.due, 'installments posted'],
    [found.settled, drivers.length, 'references settled'],
    [found.payments, run.lines_paid, 'payments of earnings'],
    [found.paid, references.length, 'single payments'],
    [found.answered, references.length, 'single payments that were answered'],
    [found.applied, run.total_applied, 'earnings applied'],
    [found.running, 0, 'runs that are not ended'],
    [body.ok, true, `verification: ${JSON.stringify(body.differences?.slice(0, 3))}`],
  ].filter(([actual, right]) => actual !== right);
  return differences.map(([actual, right, what]) => `${what}: ${actual} instead of ${right}`);
}

async function verify(fleet) {
  const answer = await fetch(`${fleet.replicas[0].origin}/api/v1/ledger/verify`, {
    headers: { authorization: `Bearer ${fleet.token}` },
  });
  return { status: answer.status, body: await answer.json() };
}

async function playRound(url, random) {
  const fleet = new Fleet(url, random);
  const unexpected = [];
  const drivers = await withDatabase(url, async (client) => {
    const { rows } = await client.query(
      `SELECT id FROM drivers WHERE EXISTS (SELECT 1 FROM leases WHERE driver_id = drivers.id) ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  });
  await fleet.start();
  try {
    let isDone = false;
    const work = Promise.all([settle(fleet, drivers, unexpected), post(fleet, unexpected)]).finally(() => {
      isDone = true;
    });
    const cashiers = Array.from({ length: CASHIERS }, (_, cashier) =>
      payOneByOne(fleet, drivers, cashier, () => isDone, unexpected),
    );
    const [[run], counts, ...answered] = await Promise.all([
      work,
      causeFaults(fleet, () => isDone),
      ...cashiers,
    ]);
    const references = answered.flat();
    const differences = await differencesOf(url, fleet, { drivers, run, references });
    return { counts, payments: references.length, differences: [...differences, ...unexpected] };
  } finally {
    await fleet.stop();
  }
}

const random = randomNumbers(Number(values.seed));
const server = await openBenchServer();
let different = 0;
try {
  await server.template('fleet', () =>
    seedFleet(THIS_RELEASE, server.urlOf('fleet'), { drivers: fleetSize, loans: 2 * fleetSize, weeks: 2 }),
  );
  for (let round = 1; round <= rounds; round += 1) {
    const begun = performance.now();
    const { counts, payments, differences } = await server.onCopy('fleet', (url) => playRound(url, random));
    const faults = Object.entries(counts).map(([name, count]) => `${count} × ${name}`);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const verdict = differences.length === 0 ? 'right' : 'WRONG';
    console.log(`${verdict} round ${round}: ${faults.join(', ')}; ${payments} single payments, ${seconds} s`);
    for (const difference of differences) console.log(`      ${difference}`);
    if (differences.length > 0) different += 1;
  }
} finally {
  await server.close();
}
console.log(
  `${rounds - different} of ${rounds} rounds right (--seed ${values.seed}, --drivers ${fleetSize})`,
);
process.exitCode = different > 0 ? 1 : 0;
