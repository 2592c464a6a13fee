import http from 'node:http';
import { DataSource } from 'typeorm';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import { startTestApp, UNLIMITED } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);

const MONDAY = '2025-11-10T09:00:00-05:00';
const CLIENTS = 20;
/** The signal comes when so many are answered, in the middle of the others. */
const ANSWERED_BEFORE = 60;

let database: TestDatabase;
let db: DataSource;
let token: string;
let server: ServerProcess;
let url: string;
let agent: http.Agent;

beforeEach(async () => {
  database = await createTestDatabase();
  db = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 2 }).initialize();
  const app = await startTestApp({ databaseUrl: database.url });
  token = (await app.as('ADMIN').accessToken()) ?? '';
  await app.close();
  agent = new http.Agent({ keepAlive: true, maxSockets: CLIENTS });
});

afterEach(async () => {
  await server.end('SIGKILL');
  agent.destroy();
  await db.destroy();
  await database.drop();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  server = startServer(database.url, MONDAY, { AUTH_JWT_SECRET: SIGNING_KEY, ...UNLIMITED, ...env });
  url = await server.url();
}

interface Answer {
  readonly status: number;
  readonly connection: string | undefined;
  readonly body: { readonly tlc_license_number?: string; readonly status?: string };
}

/** Over connections that are kept. Rejects where no answer came, or not all of it. */
function call(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const request = http.request(`${url}${path}`, { agent, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', () => reject(new Error('half an answer')));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          connection: response.headers.connection,
          body: JSON.parse(text) as Answer['body'],
        }),
      );
    });
    request.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

let made = 0;
function newDriver(): { tlc_license_number: string; first_name: string; last_name: string } {
  made += 1;
  return { tlc_license_number: `T${String(made).padStart(6, '0')}`, first_name: 'Ada', last_name: 'Driver' };
}

/** What the clients know of their requests in the end. */
interface Outcome {
  readonly answered: string[];
  readonly statuses: Set<number>;
  /** Errors of requests without an answer, by the license that they would have made */
  readonly unanswered: Map<string, string>;
}

/** One after another writes until it gets no answer any more. */
async function writeUntilRefused(outcome: Outcome): Promise<void> {
  for (;;) {
    const driver = newDriver();
    try {
      const { status } = await call('POST', '/api/v1/drivers', driver);
      outcome.statuses.add(status);
      outcome.answered.push(driver.tlc_license_number);
    } catch (error) {
      outcome.unanswered.set(driver.tlc_license_number, String(error));
      return;
    }
  }
}

describe('a process that is told to stop under load', () => {
  it('answers every request that it has taken, and does nothing for those that it has not', async () => {
    await start();
    const outcome: Outcome = { answered: [], statuses: new Set(), unanswered: new Map() };
    const clients = Array.from({ length: CLIENTS }, () => writeUntilRefused(outcome));
    await waitFor('the load is on', () =>
      Promise.resolve(outcome.answered.length >= ANSWERED_BEFORE || null),
    );
    const told = Date.now();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(Date.now() - told).toBeLessThan(10_000);
    await Promise.all(clients);

    expect([...outcome.statuses]).toEqual([201]);
    expect([...outcome.unanswered.values()].filter((error) => error.includes('half'))).toEqual([]);
    const rows = await db.query<{ tlc: string }[]>('SELECT tlc_license_number AS tlc FROM drivers');
    expect(rows.map(({ tlc }) => tlc).sort()).toEqual(outcome.answered.sort());
    expect(outcome.unanswered.size).toBe(CLIENTS);
  });

  it('says for SHUTDOWN_DELAY_SECONDS that it is not ready, and serves on, each as the last of its connection', async () => {
    await start({ SHUTDOWN_DELAY_SECONDS: '8' });
    expect(await call('GET', '/health/ready')).toMatchObject({ status: 200, connection: 'keep-alive' });
    const ended = server.end('SIGTERM');
    const unready = await waitFor('it is not ready', async () => {
      const answer = await call('GET', '/health/ready');
      return answer.status === 503 ? answer : null;
    });
    expect(unready).toMatchObject({ connection: 'close', body: { status: 'error' } });
    const driver = newDriver();
    expect(await call('POST', '/api/v1/drivers', driver)).toMatchObject({
      status: 201,
      connection: 'close',
      body: { tlc_license_number: driver.tlc_license_number },
    });
    expect(await ended).toBe(0);
  });
});

describe('a process whose output nobody reads any more', () => {
  it('goes on serving, and stops when it is told to', async () => {
    await start();
    server.stopReading();
    for (let request = 0; request < 20; request += 1) {
      expect((await call('GET', '/api/v1/drivers')).status).toBe(200);
    }
    expect(await server.end('SIGTERM')).toBe(0);
  });
});
