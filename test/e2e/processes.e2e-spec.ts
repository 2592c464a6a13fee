import { DataSource } from 'typeorm';
import { dueInstallments, expectPostedExactlyOnce, totalDueOf } from '../support/exactly-once-posting.js';
import { holdPostingLock, SteppedPostingLock, waitForPostingLockWaiters } from '../support/posting-lock.js';
import type { RunRow } from '../support/scheduled-posting.js';
import { scheduledRuns } from '../support/scheduled-posting.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor, waitForLockWaiters } from '../support/wait-for.js';

const WEEK = '2025-11-09';
const FIVE_ON_SUNDAY = Date.parse('2025-11-09T05:00:00-05:00');
const MONDAY = '2025-11-10T09:00:00-05:00';
/** Five batches of at most 10,000 installments */
const MANY = 45_000;

/** A database in which so many installments are due. Each test gets a copy. */
let template: TestDatabase;
let database: TestDatabase;
let db: DataSource;
let servers: ServerProcess[] = [];
let due: string[];

const connect = (url: string): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url, poolSize: 4 }).initialize();

beforeAll(async () => {
  template = await createTestDatabase();
  const seeding = await connect(template.ownerUrl);
  await seedDueInstallments(seeding, { loans: MANY, installments: 1, startWeek: WEEK });
  due = await dueInstallments(seeding, WEEK);
  // otherwise the processes would first wait for the lock with a run of the previous week
  await seeding.query(
    `INSERT INTO posting_runs (trigger, scheduled_week, period_end, dry_run, status, started_at, finished_at)
     VALUES ('CRON', '2025-11-02', '2025-11-08', false, 'COMPLETED', now(), now())`,
  );
  await seeding.destroy();
});

afterAll(() => template.drop());

beforeEach(async () => {
  database = await createTestDatabase(template.name);
  db = await connect(database.ownerUrl);
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  await db.destroy();
  await database.drop();
});

function start(clockNow: string, workers = 2): ServerProcess {
  const server = startServer(database.url, clockNow, { POSTING_WORKERS: String(workers) });
  servers.push(server);
  return server;
}

/**
 * The processes check their clocks every ten seconds of system time. Five o'clock is halfway between two such checks,
 * after both have started, so that both see it in the same check.
 */
function shortlyBeforeFive(): string {
  const [look, startUp, leastAhead] = [10_000, 1_500, 6_000];
  const clockStarts = Date.now() + startUp;
  const ahead = leastAhead + ((look - ((clockStarts + leastAhead + look / 2) % look)) % look);
  return new Date(FIVE_ON_SUNDAY - ahead).toISOString();
}

/** The scheduled run of the week once it matches. */
const run = (what: string, has: (run: RunRow) => boolean): Promise<RunRow> =>
  waitFor(`the run of the week ${what}`, async () => {
    const runs = await scheduledRuns(db);
    const found = runs.find((candidate) => candidate.scheduled_week === WEEK);
    return found && has(found) ? found : null;
  });

const isComplete = (found: RunRow): boolean => found.status === 'COMPLETED';

async function expectOneCompleteRun(): Promise<void> {
  await expectPostedExactlyOnce(db, due);
  const runs = await scheduledRuns(db);
  expect(runs.filter((found) => found.scheduled_week === WEEK)).toEqual([
    expect.objectContaining({
      status: 'COMPLETED',
      installments_due: due.length,
      installments_posted: due.length,
      total_amount_posted: await totalDueOf(db, due),
    }),
  ]);
}

/** Whether the process has logged the end of the complete run. */
const hasFinished = (server: ServerProcess): boolean =>
  server.output().includes(`Posted ${due.length}/${due.length} installments`);

/** How many installments the process has posted since it started. */
async function postedBy(server: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${await server.url()}/metrics`)).text();
  return Number(/^installments_posted_total(?:\{.*\})? (\d+)$/m.exec(metrics)?.[1]);
}

/** Waits until the database has closed the connections of the killed process, which may still commit. */
async function waitForClosedConnections(): Promise<void> {
  await waitFor('the connections of the killed process have gone', async () => {
    const [row] = await db.query<[{ count: number }]>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'driver-loans'`,
    );
    return row.count === 0 ? row : null;
  });
}

/** The progress of the run. */
async function progress(): Promise<{ status: string; posted: number } | null> {
  const [row] = await db.query<{ status: string; posted: number }[]>(
    `SELECT status, installments_posted AS posted FROM posting_runs WHERE scheduled_week = $1`,
    [WEEK],
  );
  return row ?? null;
}

/** Starts processes of one worker that plan their run, post one batch each and then wait for the lock of the next. */
async function startUntilOneBatchIsPosted(
  processes: 1 | 2,
): Promise<{ first: ServerProcess; lock: SteppedPostingLock }> {
  const lock = await SteppedPostingLock.acquire(db);
  const [first] = Array.from({ length: processes }, () => start(MONDAY, 1));
  await lock.letEachProcessDoOneStep(processes);
  await lock.letEachProcessDoOneStep(processes);
  await waitForPostingLockWaiters(db, processes);
  expect(await progress()).toEqual({ status: 'RUNNING', posted: processes * 10_000 });
  return { first: first!, lock };
}

/** Kills the first process while its second batch is being posted. No process can begin a third one until then. */
async function killDuringSecondBatch(processes: 1 | 2): Promise<void> {
  const { first, lock } = await startUntilOneBatchIsPosted(processes);
  await lock.letEachProcessDoOneStep(processes, async () => {
    expect(await first.end('SIGKILL')).toBeNull();
    const atTheEnd = await progress();
    expect(atTheEnd?.status).toBe('RUNNING');
    expect(atTheEnd?.posted).toBeLessThan(MANY);
  });
  await lock.release();
  if (processes === 1) await waitForClosedConnections();
}

describe('two processes on one database', () => {
  it('post everything once in one run when both fire on Sunday at 05:00', async () => {
    const clockNow = shortlyBeforeFive();
    const both = [start(clockNow), start(clockNow)];
    await db.transaction(async (lock) => {
      await holdPostingLock(lock);
      await waitForPostingLockWaiters(db, both.length);
    });
    const complete = await run('is complete', isComplete);
    expect(complete.started_at.getTime()).toBeGreaterThanOrEqual(FIVE_ON_SUNDAY);
    await expectOneCompleteRun();
    // each finished the run that it had started or joined, and posted a part of it
    await waitFor('both have finished', () => Promise.resolve(both.every(hasFinished) || null));
    const shares = await Promise.all(both.map(postedBy));
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(shares[0]! + shares[1]!).toBe(MANY);
  });

  it('post everything once when one of them is killed while both post two batches at the same time', async () => {
    const accounts = db.createQueryRunner();
    await accounts.startTransaction();
    await accounts.query('SELECT count(*) FROM (SELECT 1 FROM drivers FOR UPDATE) AS locked');
    const [killed, other] = [start(MONDAY), start(MONDAY)];
    // both have planned before the first batch takes the lock
    await db.transaction(async (lock) => {
      await holdPostingLock(lock);
      await waitForPostingLockWaiters(db, 2);
    });
    await waitForLockWaiters(db, 4);
    await killed.end('SIGKILL');
    expect(await progress()).toEqual({ status: 'RUNNING', posted: 0 });
    await accounts.commitTransaction();
    await accounts.release();
    await run('is complete', isComplete);
    await expectOneCompleteRun();
    await waitFor('the other has finished', () => Promise.resolve(hasFinished(other) || null));
    expect(await postedBy(other)).toBe(MANY);
  });

  it('finish the run when one of them is killed', async () => {
    await killDuringSecondBatch(2);
    await run('is complete', isComplete);
    await expectOneCompleteRun();
    await waitFor('the other has finished', () => Promise.resolve(servers.some(hasFinished) || null));
  });
});

describe('a process that is killed during its run', () => {
  it('leaves totals that equal the ledger, and finishes the same run after a restart', async () => {
    await killDuringSecondBatch(1);
    const posted = await db.query<{ source_id: string }[]>('SELECT source_id FROM ledger_postings');
    await expectPostedExactlyOnce(
      db,
      posted.map((posting) => posting.source_id),
    );
    start(MONDAY);
    await run('is complete', isComplete);
    await expectOneCompleteRun();
  });
});

describe('a process that is stopped during its run', () => {
  it('finishes its batch, exits normally, and finishes the same run after a restart', async () => {
    const { first, lock } = await startUntilOneBatchIsPosted(1);
    const url = await first.url();
    const ended = first.end('SIGTERM');
    await waitFor('the process is stopping', async () =>
      (await fetch(`${url}/health/ready`)).status === 503 ? true : null,
    );
    await lock.release();
    expect(await ended).toBe(0);
    const [{ posted }] = await db.query<[{ posted: number }]>(
      'SELECT count(*)::integer AS posted FROM ledger_postings',
    );
    expect(posted).toBe(20_000);
    start(MONDAY);
    await run('is complete', isComplete);
    await expectOneCompleteRun();
  });
});
