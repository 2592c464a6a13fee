import http from 'node:http';
import { DataSource } from 'typeorm';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import { startTestApp, UNLIMITED } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const MONDAY = '2025-11-10T09:00:00-05:00';
const CLIENTS = 20;
/** The signal is sent after this number of responses, while other requests are running. */
const RESPONSES_BEFORE_SIGNAL = 60;

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

/** Uses keep-alive connections. Rejects if the response is missing or incomplete. */
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

/** The results of all requests, as the clients know them. */
interface Outcome {
  readonly answered: string[];
  readonly statuses: Set<number>;
  /** Errors of requests without a response, by the license number that they would have created */
  readonly unanswered: Map<string, string>;
}

/** Sends one write after another until there is no response. */
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

describe('a process that receives SIGTERM under load', () => {
  it('completes every request that it has accepted, and does no work for the others', async () => {
    await start();
    const outcome: Outcome = { answered: [], statuses: new Set(), unanswered: new Map() };
    const clients = Array.from({ length: CLIENTS }, () => writeUntilRefused(outcome));
    await waitFor('the load has begun', () =>
      Promise.resolve(outcome.answered.length >= RESPONSES_BEFORE_SIGNAL || null),
    );
    const stopped = Date.now();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(Date.now() - stopped).toBeLessThan(10_000);
    await Promise.all(clients);

    expect([...outcome.statuses]).toEqual([201]);
    expect([...outcome.unanswered.values()].filter((error) => error.includes('half'))).toEqual([]);
    const rows = await db.query<{ tlc: string }[]>('SELECT tlc_license_number AS tlc FROM drivers');
    expect(rows.map(({ tlc }) => tlc).sort()).toEqual(outcome.answered.sort());
    expect(outcome.unanswered.size).toBe(CLIENTS);
  });

  it('reports not ready for SHUTDOWN_DELAY_SECONDS, and closes each connection after its current request', async () => {
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

describe('a process whose output is no longer read', () => {
  it('continues to serve requests, and stops on SIGTERM', async () => {
    await start();
    server.stopReading();
    for (let request = 0; request < 20; request += 1) {
      expect((await call('GET', '/api/v1/drivers')).status).toBe(200);
    }
    expect(await server.end('SIGTERM')).toBe(0);
  });
});
