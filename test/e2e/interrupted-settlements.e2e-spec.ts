import { DataSource } from 'typeorm';
import type { Fleet } from '../support/settlement-fleet.js';
import { seedTwins } from '../support/settlement-fleet.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const NOW = '2025-11-04T09:00:00-05:00';
/** Two fleets of so many drivers, who owe 50.00 each and earn 30.00 */
const DRIVERS = 1250;

let database: TestDatabase;
let db: DataSource;
const servers: ServerProcess[] = [];

const start = (): ServerProcess => {
  const server = startServer(database.url, NOW);
  servers.push(server);
  return server;
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 3 }).initialize();
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  await db.destroy();
  await database.drop();
});

interface Run {
  readonly status: string;
  readonly lines_paid: number;
}

const runs = (): Promise<Run[]> => db.query<Run[]>('SELECT status, lines_paid FROM settlement_runs');

it('continues the run of a killed process when a process starts, and loses and doubles nothing', async () => {
  const debt = { lease: 0, category: 'LEASE', cents: [5000], dueInWeeks: 0, isDisputed: false };
  const fleet: Fleet = {
    drivers: Array.from({ length: DRIVERS }, () => ({ leases: [true], debts: [debt], credits: [] })),
    lines: [],
    takeHome: undefined,
  };
  const { driverIds } = await seedTwins(db, fleet, new Date(NOW));
  const drivers = [...driverIds.run, ...driverIds.single];
  const app = await startTestApp({ databaseUrl: database.url, now: NOW });
  const token = (await app.as('FINANCE').accessToken()) ?? '';
  await app.close();
  const lines = drivers.map((driver_id) => ({ driver_id, amount: '30.00', source_id: `EARN-${driver_id}` }));
  const settle = async (server: ServerProcess): Promise<{ lines_paid: number }> => {
    const answer = await fetch(`${await server.url()}/api/v1/ledger/settlement-runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ payment_period_start: '2025-11-02', lines }),
    });
    return (await answer.json()) as { lines_paid: number };
  };

  const killed = start();
  await db.transaction(async (lock) => {
    // the last chunk waits for this driver
    await lock.query('SELECT 1 FROM drivers WHERE id = $1 FOR NO KEY UPDATE', [Math.max(...drivers)]);
    const cut = settle(killed).catch(() => 'no answer');
    await waitFor('two chunks are settled', async () =>
      (await runs())[0]?.lines_paid === 2000 ? true : null,
    );
    await killed.end('SIGKILL');
    expect(await cut).toBe('no answer');
  });
  expect(await runs()).toEqual([{ status: 'RUNNING', lines_paid: 2000 }]);

  const next = start();
  await next.url();
  await waitFor('the run is completed', async () =>
    (await runs())[0]?.status === 'COMPLETED' ? true : null,
  );
  expect(await settle(next)).toMatchObject({ lines_paid: drivers.length });
  expect(await runs()).toEqual([{ status: 'COMPLETED', lines_paid: drivers.length }]);
  const [sums] = await db.query<[object]>(
    `SELECT count(*)::integer AS payments, count(DISTINCT driver_id)::integer AS drivers, sum(amount) AS amount,
            (SELECT sum(payment_applied) FROM ledger_balances) AS applied,
            (SELECT count(*)::integer FROM audit_log WHERE action = 'ledger.payment') AS recorded
     FROM ledger_postings WHERE source_type = 'WEEKLY_EARNINGS'`,
  );
  expect(sums).toEqual({
    payments: 2500,
    drivers: 2500,
    amount: '75000.00',
    applied: '75000.00',
    recorded: 2500,
  });
});
