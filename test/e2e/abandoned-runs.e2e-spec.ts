import { DataSource } from 'typeorm';
import { AbandonedRunsJob } from '../../src/modules/loans/posting/abandoned-runs/abandoned-runs.job.js';
import { dueInstallments, expectPostedExactlyOnce } from '../support/exactly-once-posting.js';
import { holdPostingLock, waitForPostingLockWaiters } from '../support/posting-lock.js';
import type { RunRow } from '../support/scheduled-posting.js';
import { allRuns } from '../support/scheduled-posting.js';
import { scrape } from '../support/scrape.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import { tamperAsOwner } from '../support/tampering.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

/** A week whose scheduled run is complete. Loans that the tests add later are due in it. */
const WEEK = '2025-11-09';
const MONDAY = '2025-11-10T09:00:00-05:00';
const CUT_SHORT = 'The process of this run was stopped. What it posted is valid. Post again for the rest.';

let database: TestDatabase;
let db: DataSource;
let servers: ServerProcess[] = [];
let token: string;

const start = (): ServerProcess => {
  const server = startServer(database.url, MONDAY);
  servers.push(server);
  return server;
};

beforeEach(async () => {
  database = await createTestDatabase();
  db = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 3 }).initialize();
  await db.query(
    `INSERT INTO posting_runs (trigger, scheduled_week, period_end, dry_run, status, started_at, finished_at)
     VALUES ('CRON', $1, '2025-11-15', false, 'COMPLETED', now(), now())`,
    [WEEK],
  );
  const app = await startTestApp({ databaseUrl: database.url, now: MONDAY });
  token = (await app.as('FINANCE').accessToken()) ?? '';
  await app.close();
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  await db.destroy();
  await database.drop();
});

async function post(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/loans/installments/post`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.status;
}

const runsByHand = async (): Promise<RunRow[]> =>
  (await allRuns(db)).filter(({ trigger }) => trigger !== 'CRON');

it('fails the manual run of a killed process when another process starts, but not the run of a live process', async () => {
  await seedDueInstallments(db, { loans: 5, installments: 1, startWeek: WEEK });
  const due = await dueInstallments(db, WEEK);
  const [killed, alive] = [start(), start()];
  const [killedUrl, aliveUrl] = [await killed.url(), await alive.url()];
  let answer: Promise<number> | undefined;
  await db.transaction(async (lock) => {
    await holdPostingLock(lock);
    const cut = post(killedUrl).catch(() => 'no answer');
    await waitForPostingLockWaiters(db, 1);
    await killed.end('SIGKILL');
    expect(await cut).toBe('no answer');
    const another = start();
    answer = post(aliveUrl);
    // the server has not noticed yet that the first process is gone
    await waitForPostingLockWaiters(db, 2);
    expect(await runsByHand()).toMatchObject([{ status: 'RUNNING' }, { status: 'RUNNING' }]);

    await another.url();
    await waitFor('the run of the killed process has failed', async () =>
      (await runsByHand())[0]?.status === 'FAILED' ? true : null,
    );
    expect(await runsByHand()).toMatchObject([
      { status: 'FAILED', failure: CUT_SHORT, finished_at: expect.any(Date) as Date },
      { status: 'RUNNING', failure: null },
    ]);
  });
  expect(await answer).toBe(200);
  expect(await runsByHand()).toMatchObject([
    { status: 'FAILED', installments_posted: 0 },
    { status: 'COMPLETED', installments_posted: 5, failure: null },
  ]);
  await expectPostedExactlyOnce(db, due);
});

it('fails an abandoned scheduled run of an earlier week, and counts the failure', async () => {
  await db.query(
    `INSERT INTO posting_runs (trigger, scheduled_week, period_end, dry_run, status, started_at)
     VALUES ('CRON', '2025-11-02', '2025-11-08', false, 'RUNNING', now())`,
  );
  await tamperAsOwner(
    db,
    'posting_runs',
    `UPDATE posting_runs SET status = 'RUNNING', finished_at = NULL WHERE scheduled_week = '${WEEK}'`,
  );
  const app = await startTestApp({ databaseUrl: database.url, now: MONDAY });
  try {
    const failures = async () =>
      (await scrape(app)).value('loan_posting_run_failures_total', { trigger: 'CRON' });
    const before = await failures();
    const job = app.get(AbandonedRunsJob);
    job.tick();
    await job['running'];
    expect(await allRuns(db)).toMatchObject([
      { scheduled_week: WEEK, status: 'RUNNING' },
      { scheduled_week: '2025-11-02', status: 'FAILED', failure: CUT_SHORT },
    ]);
    expect(await failures()).toBe(before + 1);
  } finally {
    await app.close();
  }
});
