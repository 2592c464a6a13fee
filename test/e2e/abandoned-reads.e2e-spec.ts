import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { asOwnerUrl, createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const CLIENTS = 20;
/** Without cancellation, a statement waits 20 seconds for a lock. */
const SOON_MS = 10_000;

let database: TestDatabase;
let app: TestApp;
let origin: string;
let authorization: string;
let observer: pg.Client;
let blocker: pg.Client;

async function start(poolSize: number): Promise<void> {
  app = await startTestApp({
    databaseUrl: database.url,
    env: { DATABASE_POOL_SIZE: String(poolSize) },
  });
  await app.app.listen(0, '127.0.0.1');
  origin = await app.app.getUrl();
  authorization = `Bearer ${await app.as('ADMIN').accessToken()}`;
}

beforeAll(async () => {
  database = await createTestDatabase();
  [observer, blocker] = [0, 1].map(() => new pg.Client({ connectionString: asOwnerUrl(database.url) })) as [
    pg.Client,
    pg.Client,
  ];
  await Promise.all([observer.connect(), blocker.connect()]);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

afterAll(async () => {
  await Promise.all([observer.end(), blocker.end()]);
  await database.drop();
});

function send(path: string, body?: object): http.ClientRequest {
  const request = http.request(`${origin}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
    agent: false,
  });
  request.on('error', () => undefined);
  request.end(body && JSON.stringify(body));
  return request;
}

async function statusOf(request: http.ClientRequest): Promise<number | undefined> {
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode;
}

async function whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
  await blocker.query('BEGIN');
  await blocker.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  try {
    return await work();
  } finally {
    await blocker.query('ROLLBACK');
  }
}

async function backends(condition = 'true'): Promise<number[]> {
  const { rows } = await observer.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'driver-loans' AND ${condition} ORDER BY pid`,
  );
  return rows.map(({ pid }) => pid);
}

/** The number of statements of the application that run or wait for a lock. */
async function active(): Promise<number> {
  return (await backends(`state = 'active'`)).length;
}

const waitForActiveStatements = (count: number) =>
  waitFor(`${count} statements run`, async () => ((await active()) === count ? true : null));

describe('a disconnected client', () => {
  it('cancels its running read, keeps the connection and logs no error', async () => {
    await start(CLIENTS);
    const faults = jest.spyOn(Logger.prototype, 'error');
    const ask = () => Array.from({ length: CLIENTS }, () => send('/loans/reports/aging'));
    const before = await whileLocked('loan_schedules', async () => {
      const requests = ask();
      await waitForActiveStatements(CLIENTS);
      const waiting = await backends();
      const left = performance.now();
      requests.forEach((request) => request.destroy());
      await waitForActiveStatements(0);
      expect(performance.now() - left).toBeLessThan(SOON_MS);
      return waiting;
    });
    expect(faults).not.toHaveBeenCalled();
    expect(await Promise.all(ask().map(statusOf))).toEqual(Array.from({ length: CLIENTS }, () => 200));
    expect(await backends()).toEqual(before);
  });

  it('never cancels the statement of the next request on the same connection', async () => {
    await start(2);
    for (let round = 0; round < 50; round += 1) {
      const request = send('/loans/reports/aging');
      await sleep(round % 10);
      request.destroy();
      expect(await statusOf(send('/loans/reports/aging'))).toBe(200);
    }
  });

  it('does not cancel a write', async () => {
    await start(5);
    await whileLocked('audit_log', async () => {
      const driver = { tlc_license_number: 'T900001', first_name: 'Ada', last_name: 'Gone' };
      const request = send('/drivers', driver);
      await waitForActiveStatements(1);
      request.destroy();
      await sleep(500);
      expect(await active()).toBe(1);
    });
    await waitFor('the driver exists', async () =>
      (await observer.query('SELECT FROM drivers')).rowCount === 1 ? true : null,
    );
  });

  it('does not cancel the sealing at the start of a verification', async () => {
    await start(5);
    await whileLocked('ledger_seals', async () => {
      const request = send('/ledger/verify');
      await waitForActiveStatements(1);
      request.destroy();
      await sleep(500);
      expect(await active()).toBe(1);
    });
    await waitForActiveStatements(0);
  });
});
