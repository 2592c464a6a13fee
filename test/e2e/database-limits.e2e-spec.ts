import { DataSource } from 'typeorm';
import { prepareBulkWork, Transactions } from '../../src/platform/database/transactions.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

let database: TestDatabase;
let app: TestApp;
/** A second application without these limits, to hold locks. */
let blocker: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  blocker = await startTestApp({ databaseUrl: database.url });
  app = await startTestApp({
    databaseUrl: database.url,
    env: { DATABASE_STATEMENT_TIMEOUT_SECONDS: '1', DATABASE_POOL_SIZE: '2', DATABASE_POOL_OVERFLOW: '1' },
  });
});

afterAll(async () => {
  await app?.close();
  await blocker?.close();
  await database?.drop();
});

/** Holds an exclusive lock on the table while the work runs. */
async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  const runner = blocker.db.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  try {
    await work();
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

describe('a statement that exceeds its time limit', () => {
  it('is cancelled, returns 503 with Retry-After, and changes nothing', async () => {
    const admin = app.as('ADMIN');
    await admin.accessToken();
    const driver = { tlc_license_number: 'T900001', first_name: 'Ada', last_name: 'Late' };
    await whileLocked('audit_log', async () => {
      const answer = await admin.post('/drivers', driver);
      expectProblem(answer, 503, 'QUERY_TIMED_OUT');
      expect(answer.headers['retry-after']).toBe('5');
    });
    expect(await app.db.query('SELECT 1 FROM drivers')).toEqual([]);
    expect((await admin.post('/drivers', driver)).status).toBe(201);
  });

  it('has a higher limit in bulk work, and only within its transaction', async () => {
    const timeout = (): Promise<string> =>
      app
        .get(DataSource)
        .query<[{ it: string }]>(`SELECT current_setting('statement_timeout') AS it`)
        .then(([row]) => row.it);
    const inside = await app.get(Transactions).run(async (tx) => {
      await prepareBulkWork(tx);
      const [row] = await tx.query<[{ it: string }]>(`SELECT current_setting('statement_timeout') AS it`);
      return row.it;
    });
    expect([inside, await timeout()]).toEqual(['10min', '1s']);
  });
});

describe('the database connection pool', () => {
  it('replaces idle connections that the server has ended', async () => {
    const admin = app.as('ADMIN');
    await admin.accessToken();
    await blocker.db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // the process notices at its next network read
    await waitFor('requests are answered again', async () =>
      (await admin.get('/drivers')).status === 200 ? true : null,
    );
    const answers = await Promise.all(Array.from({ length: 10 }, () => admin.get('/drivers')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  });

  it('is limited to DATABASE_POOL_SIZE plus DATABASE_POOL_OVERFLOW, and a request that waits too long fails with 503', async () => {
    const admin = app.as('ADMIN');
    await admin.accessToken();
    const held = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const runner = app.get(DataSource).createQueryRunner();
        await runner.connect();
        return runner;
      }),
    );
    try {
      const answer = await admin.get('/drivers');
      expectProblem(answer, 503, 'DATABASE_UNAVAILABLE');
      expect(answer.headers['retry-after']).toBe('5');
      expect((await app.app.inject('/health/ready')).statusCode).toBe(503);
      expect((await app.app.inject('/health/live')).statusCode).toBe(200);
    } finally {
      await Promise.all(held.map((runner) => runner.release()));
    }
    expect((await admin.get('/drivers')).status).toBe(200);
  });
});
