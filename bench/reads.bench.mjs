/** The first page of every long list and report, one request at a time over HTTP, in milliseconds. */
import http from 'node:http';
import { analyze, openBenchServer } from './support/database.mjs';
import { request, seedFleet, startService, THIS_RELEASE } from './support/service.mjs';
import { measured, median } from './support/targets.mjs';

const WEEKS = 8;
const ROUNDS = 9;

export const READS = [
  ['loans', '/loans', 40],
  ['loans by name', '/loans?q=diallo', 40],
  ['loans by the beginning of an id', '/loans?q=DL-2025-00', 40],
  ['drivers by name', '/drivers?q=am', 40],
  ['leases by name', '/leases?q=am', 40],
  ['installments', '/loans/installments', 40],
  ['unposted installments', '/loans/installments/unposted', 40],
  ['postings', '/ledger/postings', 40],
  ['open balances', '/ledger/balances?status=OPEN', 40],
  ['statistics', '/loans/statistics/summary', 40],
  ['collections', '/loans/reports/collections', 60],
  ['forecast', '/loans/reports/forecast', 80],
  ['aging', '/loans/reports/aging', 150],
];

export async function* measure({ quick = false, log = () => undefined } = {}) {
  const size = quick ? { drivers: 2_000, loans: 10_000 } : { drivers: 20_000, loans: 100_000 };
  const server = await openBenchServer();
  try {
    const results = await server.onEmpty('fleet', async (url) => {
      log(`seeding ${size.loans} loans and posting ${WEEKS} weeks`);
      const clock = await seedFleet(THIS_RELEASE, url, { ...size, weeks: WEEKS });
      await analyze(url);
      return readAll(url, clock, log);
    });
    for (const [[name, , target], milliseconds] of results) {
      const at = `first page of ${name} at ${size.loans} loans, ms`;
      yield measured(at, milliseconds, `<= ${target}`, { rounds: ROUNDS });
    }
  } finally {
    await server.close();
  }
}

async function readAll(url, clock, log) {
  const service = await startService(THIS_RELEASE, url, clock);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const times = new Map(READS.map((read) => [read, []]));
    for (let round = 0; round <= ROUNDS; round += 1) {
      log(`reads, round ${round} of ${ROUNDS}`);
      for (const [read, of] of times) {
        const begun = performance.now();
        const { status, body } = await request(agent, service.api + read[1], undefined, service.token);
        if (status !== 200) throw new Error(`${read[1]}: ${status} ${body}`);
        // the first round fills the caches
        if (round > 0) of.push(performance.now() - begun);
      }
    }
    return [...times].map(([read, of]) => [read, median(of)]);
  } finally {
    agent.destroy();
    await service.stop();
  }
}
