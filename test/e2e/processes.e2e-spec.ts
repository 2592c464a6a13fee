import { DataSource } from 'typeorm';
import { dueInstallments, expectPostedExactlyOnce, totalDueOf } from '../support/exactly-once-posting.js';
import { holdPostingLock, postingLockWaiters } from '../support/posting-lock.js';
import type { RunRow } from '../support/scheduled-posting.js';
import { scheduledRuns } from '../support/scheduled-posting.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(180_000);

const WEEK = '2025-11-09';
const FIVE_ON_SUNDAY = Date.parse('2025-11-09T05:00:00-05:00');
const MONDAY = '2025-11-10T09:00:00-05:00';
/** Five batches of some hundred milliseconds each */
const MANY = 50_000;
/** A process cannot be stopped exactly between two batches. If it was faster, the test starts over. */
const MOST_TRIES = 5;

let database: TestDatabase;
let db: DataSource;
let servers: ServerProcess[] = [];
let due: string[];

/** Creates a database with this number of installments due in the week. */
async function setUp(loans: number): Promise<void> {
  database = await createTestDatabase();
  db = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 2 }).initialize();
  await seedDueInstallments(db, { loans, installments: 1, startWeek: WEEK });
  due = await dueInstallments(db, WEEK);
}

async function tearDown(): Promise<void> {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  if (db.isInitialized) await db.destroy();
  await database.drop();
}

afterEach(tearDown);

function start(clockNow: string): ServerProcess {
  const server = startServer(database.url, clockNow);
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

/** Waits until the database has closed the connections of the killed process, which may still commit. */
async function untilConnectionsAreGone(): Promise<void> {
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

/** Ends the first process while all processes work on the run and only some of its batches are in the ledger. */
async function endInTheMiddle(
  signal: 'SIGKILL' | 'SIGTERM',
  processes: 1 | 2,
): Promise<{ exitCode: number | null }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await setUp(MANY);
    const [first] = Array.from({ length: processes }, () => start(MONDAY));
    await waitFor('all processes work on the run', async () => {
      const now = await progress();
      if (now?.status === 'COMPLETED') return now;
      return now && now.posted > 0 && (await postingLockWaiters(db)) >= processes - 1 ? now : null;
    });
    const exitCode = (await first?.end(signal)) ?? null;
    if (processes === 1) await untilConnectionsAreGone();
    const cut = await progress();
    if (cut?.status === 'RUNNING' && cut.posted < MANY) return { exitCode };
    await tearDown();
  }
  throw new Error(`the run was complete before it could be interrupted, ${MOST_TRIES} times`);
}

describe('two processes on one database', () => {
  it('post everything once in one run when both fire on Sunday at 05:00', async () => {
    await setUp(30_000);
    const clockNow = shortlyBeforeFive();
    const both = [start(clockNow), start(clockNow)];
    await db.transaction(async (lock) => {
      await holdPostingLock(lock);
      await waitFor('both processes work on the run', async () =>
        (await postingLockWaiters(db)) === both.length ? true : null,
      );
    });
    const complete = await run('is complete', isComplete);
    expect(complete.started_at.getTime()).toBeGreaterThanOrEqual(FIVE_ON_SUNDAY);
    await expectOneCompleteRun();
    // both took part: each finished the run that it had started or joined
    await waitFor('both have finished', () => Promise.resolve(both.every(hasFinished) || null));
  });

  it('finish the run when one of them is killed', async () => {
    expect(await endInTheMiddle('SIGKILL', 2)).toEqual({ exitCode: null });
    await run('is complete', isComplete);
    await expectOneCompleteRun();
    await waitFor('the other has finished', () => Promise.resolve(servers.some(hasFinished) || null));
  });
});

describe('a process that is killed during its run', () => {
  it('leaves totals that equal the ledger, and finishes the same run after a restart', async () => {
    expect(await endInTheMiddle('SIGKILL', 1)).toEqual({ exitCode: null });
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
    expect(await endInTheMiddle('SIGTERM', 1)).toEqual({ exitCode: 0 });
    const [{ posted }] = await db.query<[{ posted: number }]>(
      'SELECT count(*)::integer AS posted FROM ledger_postings',
    );
    expect(posted % 10_000).toBe(0);
    start(MONDAY);
    await run('is complete', isComplete);
    await expectOneCompleteRun();
  });
});
