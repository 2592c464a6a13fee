/**
 * Requests over HTTP: reads by key compared with Fastify and pg alone that run the same SQL, and single payments compared
 * with an earlier release.
 */
import path from 'node:path';
import pg from 'pg';
import { analyze, openBenchServer } from './support/database.mjs';
import {
  ratePerSecond,
  request,
  seedFleet,
  startServer,
  startService,
  THIS_RELEASE,
} from './support/service.mjs';
import { measured, median, NEEDS_BASELINE, skipped } from './support/targets.mjs';

const CONNECTIONS = 10;
/** A payment week with postings */
const PERIOD = '2025-10-26';

export async function* measure({ quick = false, baselineDir, log = () => undefined } = {}) {
  const [rounds, milliseconds] = quick ? [3, 1_000] : [7, 3_000];
  const size = { drivers: quick ? 200 : 1_000, loans: quick ? 600 : 3_000, weeks: 2 };
  const server = await openBenchServer();
  try {
    const reads = await server.onEmpty('fleet', async (url) => {
      const clock = await seedFleet(THIS_RELEASE, url, size);
      await analyze(url);
      return compareReads({ url, clock, rounds, milliseconds, log });
    });
    for (const [name, ratio] of reads) {
      const title = `${name} by key over HTTP, of Fastify and pg alone`;
      yield measured(title, ratio, '>= 0.70', { rounds });
    }
    const name = 'payments one by one over HTTP, of release 0.1';
    if (baselineDir === undefined) {
      yield skipped(name, '>= 1.6', NEEDS_BASELINE);
      return;
    }
    const ratio = await comparePayments({ server, baselineDir, size, rounds, milliseconds, log });
    yield measured(name, ratio, '>= 1.6', { rounds });
  } finally {
    await server.close();
  }
}

/** For each read, the median of the rounds' ratios. Both servers run all the time and are asked in turn. */
async function compareReads({ url, clock, rounds, milliseconds, log }) {
  const { driver_id, lease_id, loan_id } = await one(
    url,
    `SELECT l.driver_id, l.lease_id, l.loan_id FROM driver_loans l JOIN ledger_balances b USING (driver_id, lease_id)
     ORDER BY l.id LIMIT 1`,
  );
  const paths = {
    loan: `/loans/${loan_id}`,
    account: `/ledger/balances/driver/${driver_id}/lease/${lease_id}`,
    driver: `/drivers/${driver_id}`,
    statement: `/ledger/statements?driver_id=${driver_id}&lease_id=${lease_id}&period_start=${PERIOD}`,
  };
  const service = await startService(THIS_RELEASE, url, clock);
  const bare = await startServer(
    path.join(import.meta.dirname, 'support/bare-server.mjs'),
    [JSON.stringify({ url, clock, driver_id, lease_id, loan_id, period_start: PERIOD })],
    THIS_RELEASE,
    process.env,
  );
  try {
    const results = [];
    for (const [name, route] of Object.entries(paths)) {
      const ask = {
        service: (agent) => request(agent, service.api + route, undefined, service.token),
        bare: (agent) => request(agent, `${bare.origin}/${name}`),
      };
      for (const side of Object.values(ask)) await ratePerSecond(CONNECTIONS, 500, side);
      const ratios = [];
      for (let round = 0; round < rounds; round += 1) {
        const [ours, theirs] = [
          await ratePerSecond(CONNECTIONS, milliseconds, ask.service),
          await ratePerSecond(CONNECTIONS, milliseconds, ask.bare),
        ];
        log(`${name}: ${ours.toFixed(0)} and ${theirs.toFixed(0)} a second`);
        ratios.push(ours / theirs);
      }
      results.push([name, median(ratios)]);
    }
    return results;
  } finally {
    await bare.stop();
    await service.stop();
  }
}

/** The releases have databases of their own, seeded alike, and are asked in turn over one connection. */
async function comparePayments({ server, baselineDir, size, rounds, milliseconds, log }) {
  return server.onEmpty('baseline', (oldUrl) =>
    server.onEmpty('current', async (newUrl) => {
      const sides = [];
      try {
        for (const [release, url] of [
          [baselineDir, oldUrl],
          [THIS_RELEASE, newUrl],
        ]) {
          const clock = await seedFleet(release, url, size);
          await analyze(url);
          sides.push({ ...(await startService(release, url, clock)), pay: await payer(url) });
        }
        const rate = ({ api, token, pay }) =>
          ratePerSecond(1, milliseconds, (agent) => request(agent, `${api}/ledger/payments`, pay(), token));
        const ratios = [];
        for (let round = 0; round <= rounds; round += 1) {
          const [before, now] = [await rate(sides[0]), await rate(sides[1])];
          log(`payments: ${before.toFixed(0)} and ${now.toFixed(0)} a second`);
          // the first round fills the caches
          if (round > 0) ratios.push(now / before);
        }
        return median(ratios);
      } finally {
        for (const side of sides) await side.stop();
      }
    }),
  );
}

/** Payments of one driver after the other, each with an open balance. */
async function payer(url) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    `SELECT DISTINCT driver_id, lease_id FROM ledger_balances WHERE status = 'OPEN' ORDER BY driver_id`,
  );
  await client.end();
  let count = 0;
  return () => {
    count += 1;
    return {
      ...rows[count % rows.length],
      amount: '5.00',
      source_type: 'WEEKLY_EARNINGS',
      source_id: `BENCH-${count}`,
      payment_period_start: PERIOD,
    };
  };
}

async function one(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows[0];
}
