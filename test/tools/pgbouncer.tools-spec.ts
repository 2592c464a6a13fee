import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { migrate } from '../../src/platform/database/migrate.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { PostingResultResponse } from '../../src/modules/loans/posting-runs/posting-result.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aLease } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import type { PgBouncer } from '../support/pgbouncer.js';
import { startPgBouncer } from '../support/pgbouncer.js';
import { dueInstallments, totalDueOf } from '../support/exactly-once-posting.js';
import { expectProblem } from '../support/problem.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';

const NOW = '2025-11-03T09:00:00-05:00';
const WEEK = '2025-11-02';

let database: TestDatabase;
let bouncer: PgBouncer;
/** A connection without the bouncer, for checks of the test. */
let direct: DataSource;
let replicas: [TestApp, TestApp];
let warnings: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  bouncer = await startPgBouncer(database.url);
  direct = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 2 }).initialize();
  // the time limits that PgBouncer does not pass to the server, set as in docs/scaling.md
  await direct.query(`DO $$ BEGIN
    EXECUTE format('ALTER ROLE driver_loans_service IN DATABASE %I SET statement_timeout = %L', current_database(), '2s');
  END $$`);
  const start = () => startTestApp({ databaseUrl: bouncer.urlOf(database.url), now: NOW });
  const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  replicas = [await start(), await start()];
  warnings = warn.mock.calls.map(([warning]) => String(warning));
  warn.mockRestore();
});

afterAll(async () => {
  await Promise.all((replicas ?? []).map((replica) => replica.close()));
  await direct?.destroy();
  await bouncer?.stop();
  await database?.drop();
});

function succeeded<T>({ status, body }: ApiAnswer<T>): T {
  expect([200, 201]).toContain(status);
  return body;
}

describe('the service behind a PgBouncer in transaction mode', () => {
  it('runs the daily work of a clerk: sign in, lend, post, pay, void, list, dry run and repeat', async () => {
    const [app] = replicas;
    const clerk = app.as('FINANCE');
    const { driver_id, id: lease_id } = await aLease(app);
    const order = { driver_id, lease_id, loan_amount: '1500.00', interest_rate: '10.00', start_week: WEEK };
    const key = { 'idempotency-key': 'lend-once-behind-the-bouncer' };
    const loan = succeeded(await clerk.post<LoanDetailResponse>('/loans', order, key));
    const again = await replicas[1].app.inject({
      method: 'POST',
      url: '/api/v1/loans',
      headers: { ...key, authorization: `Bearer ${await clerk.accessToken()}` },
      payload: order,
    });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json<LoanDetailResponse>()).toEqual(loan);

    const week = { loan_id: loan.loan_id, payment_period_start: WEEK };
    const dryRun = succeeded(
      await clerk.post<PostingResultResponse>('/loans/installments/post', { ...week, dry_run: true }),
    );
    expect(dryRun).toMatchObject({ dry_run: true, installments_posted: 1 });
    expect(await direct.query('SELECT 1 FROM ledger_postings')).toEqual([]);
    const posted = succeeded(await clerk.post<PostingResultResponse>('/loans/installments/post', week));
    expect(posted).toMatchObject({ dry_run: false, installments_posted: 1 });

    const ledger = new LedgerClient(app);
    const payment = await ledger.pay({ driver_id, lease_id }, '100.00');
    expect(payment.total_allocated).toBe('100.00');
    await ledger.void(payment.posting.posting_id);
    const { total_amount_posted } = posted;
    expect((await ledger.owed({ driver_id, lease_id })).balances[0]).toMatchObject({
      outstanding_balance: total_amount_posted,
    });
    for (const list of [
      '/loans',
      '/loans/installments',
      '/ledger/postings',
      '/ledger/balances',
      '/drivers',
    ]) {
      expect(succeeded(await clerk.get<{ total: number }>(list)).total).toBeGreaterThan(0);
    }
    expect(succeeded(await clerk.get('/ledger/verify'))).toMatchObject({ ok: true });
    expect((await app.app.inject('/health/ready')).statusCode).toBe(200);
  });

  it('posts everything once when two replicas post the same week at once', async () => {
    const before = await direct.query<{ posting_id: string }[]>('SELECT posting_id FROM ledger_postings');
    await seedDueInstallments(direct, { loans: 3_000, installments: 1, startWeek: WEEK });
    const due = await dueInstallments(direct, WEEK);
    const results = await Promise.all(
      replicas.map((replica) =>
        replica
          .as('FINANCE')
          .post<PostingResultResponse>('/loans/installments/post', { payment_period_start: WEEK }),
      ),
    );
    const posted = results.map((result) => succeeded(result).installments_posted);
    expect(posted[0]! + posted[1]!).toBe(due.length);
    const [sum] = await direct.query<[{ sum: string }]>(
      'SELECT sum(amount)::text FROM ledger_postings WHERE posting_id <> ALL ($1)',
      [before.map(({ posting_id }) => posting_id)],
    );
    expect(sum.sum).toBe(await totalDueOf(direct, due));
  });
});

describe('a process behind a PgBouncer', () => {
  it('warns at its start when another time limit is in force than the configured one', () => {
    const warning = 'DATABASE_STATEMENT_TIMEOUT_SECONDS is 30, but 2 seconds is in force';
    expect(warnings).toContainEqual(expect.stringContaining(warning));
  });

  it('cancels a statement that exceeds the time limit', async () => {
    const [app] = replicas;
    const blocker = direct.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('LOCK TABLE drivers IN ACCESS EXCLUSIVE MODE');
    try {
      expectProblem(await app.as('ADMIN').get('/drivers'), 503, 'QUERY_TIMED_OUT');
    } finally {
      await blocker.rollbackTransaction();
      await blocker.release();
    }
    expect((await app.as('ADMIN').get('/drivers')).status).toBe(200);
  });

  it('migrates an empty database once when two replicas start at once', async () => {
    const empty = await createTestDatabase('template1');
    const asOwner = await startPgBouncer(empty.ownerUrl);
    try {
      const url = asOwner.urlOf(empty.ownerUrl);
      const ran = await Promise.all([migrate(url), migrate(url)]);
      expect(ran.map(({ wasEmpty }) => wasEmpty).sort()).toEqual([false, true]);
    } finally {
      await asOwner.stop();
      await empty.drop();
    }
  });
});
