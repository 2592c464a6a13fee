import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { LoanQueryService } from '../../src/modules/loans/overview/loan-query.service.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { ApiClient } from '../support/api-client.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
  await finance.accessToken();
});

afterAll(() => app.close());

describe('an unavailable database', () => {
  it('causes 503 on every route that needs it, until it is available again', async () => {
    const database = await createTestDatabase();
    const proxy = await TcpProxy.to(database.url);
    const remote = await startTestApp({ databaseUrl: proxy.url });
    try {
      const clerk = remote.as('FINANCE');
      expect((await clerk.get('/loans')).status).toBe(200);

      await proxy.stop();
      const rejected = [
        await clerk.get('/loans'),
        await clerk.post('/drivers', { tlc_license_number: 'T900001', first_name: 'Ada', last_name: 'Late' }),
      ];
      rejected.push(
        await remote.anonymous.post('/auth/login', { email: 'a@b.example', password: 'whatever' }),
      );
      for (const answer of rejected) {
        expect(expectProblem(answer, 503, 'DATABASE_UNAVAILABLE').detail).toBe(
          'The database is temporarily unavailable. Try again shortly.',
        );
      }
      expect((await remote.app.inject('/health/ready')).statusCode).toBe(503);
      expect((await remote.app.inject('/health/live')).statusCode).toBe(200);

      await proxy.start();
      expect((await clerk.get('/loans')).status).toBe(200);
      expect((await remote.app.inject('/health/ready')).statusCode).toBe(200);
    } finally {
      await remote.close();
      await proxy.stop();
      await database.drop();
    }
  });

  it('causes 503 when the server ends a connection, which no other request reuses', async () => {
    const database = await createTestDatabase();
    const proxy = await TcpProxy.to(database.url);
    const remote = await startTestApp({ databaseUrl: proxy.url });
    const blocker = remote.db.createQueryRunner();
    try {
      const clerk = remote.as('FINANCE');
      await clerk.accessToken();
      // delays the end of the connection after the last message of the server, as a slow network does
      proxy.delayCloses(1_000);
      await blocker.startTransaction();
      await blocker.query('LOCK TABLE driver_loans IN ACCESS EXCLUSIVE MODE');
      const answer = clerk.get('/loans');
      await waitFor('the request waits for the table', async () => {
        const ended = await remote.db.query<unknown[]>(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return ended.length > 0 ? ended : null;
      });
      expectProblem(await answer, 503, 'DATABASE_UNAVAILABLE');
      await blocker.rollbackTransaction();
      expect((await clerk.get('/loans')).status).toBe(200);
    } finally {
      await blocker.release();
      await remote.close();
      await proxy.stop();
      await database.drop();
    }
  });

  it('causes 503 when a request continues after the end of its connection', async () => {
    const reading = jest.spyOn(app.get(LoanQueryService), 'get').mockImplementationOnce(() =>
      app.get(Transactions).run(async (tx) => {
        const [{ pid }] = await tx.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
        await app.db.query('SELECT pg_terminate_backend($1)', [pid]);
        await waitFor('the connection is released', () =>
          Promise.resolve(tx.queryRunner?.isReleased ? true : null),
        );
        return tx.query('SELECT 1');
      }),
    );
    const answer = await finance.get('/loans/DL-2025-0001');
    expectProblem(answer, 503, 'DATABASE_UNAVAILABLE');
    expect(answer.headers['retry-after']).toBe('5');
    reading.mockRestore();
  });

  it.each([
    ['08006', 'DATABASE_UNAVAILABLE'],
    ['53000', 'DATABASE_FAULT'],
    ['53100', 'DATABASE_FAULT'],
    ['53200', 'DATABASE_FAULT'],
    ['53300', 'DATABASE_UNAVAILABLE'],
    ['57000', 'DATABASE_UNAVAILABLE'],
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['57P03', 'DATABASE_UNAVAILABLE'],
    ['58000', 'DATABASE_FAULT'],
    ['58030', 'DATABASE_FAULT'],
    ['58P01', 'DATABASE_FAULT'],
  ])('causes a response with Retry-After for SQLSTATE %s: 503 %s', async (code, expected) => {
    const failure = Object.assign(new Error('could not extend file "base/5/16401"'), { code });
    for (const thrown of [failure, new QueryFailedError('INSERT INTO t', [], failure)]) {
      jest.spyOn(app.get(LoanQueryService), 'get').mockRejectedValueOnce(thrown);
      const answer = await finance.get('/loans/DL-2025-0001');
      expectProblem(answer, 503, expected);
      expect(answer.headers['retry-after']).toBe('5');
    }
  });

  it('is one log line without a stack for a full disk', async () => {
    const failure = Object.assign(new Error('could not extend file "base/5/16401"'), { code: '53100' });
    jest
      .spyOn(app.get(LoanQueryService), 'get')
      .mockRejectedValueOnce(new QueryFailedError('INSERT INTO t', ['a secret'], failure));
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    await finance.get('/loans/DL-2025-0001');
    expect(logged.mock.calls).toEqual([
      [{ sqlstate: '53100' }, 'The database fails: could not extend file "base/5/16401"'],
    ]);
    logged.mockRestore();
  });
});
