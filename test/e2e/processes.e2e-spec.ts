import { DataSource } from 'typeorm';
import { dueInstallments, expectPostedExactlyOnce, totalDueOf } from '../support/exactly-once-posting.js';
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
/** The advisory lock under which a chunk is posted: while a test holds it, the run waits for it. */
const POSTING_GATE = 4_270_002;
/** Five chunks, each of which takes some hundred milliseconds */
const MANY = 50_000;
/** A process cannot be hit between two chunks at will: where it was faster, the test sets everything up again. */
const MOST_TRIES = 5;

let database: TestDatabase;
let db: DataSource;
let servers: ServerProcess[] = [];
let due: string[];

/** A new database with so many installments due in the week. */
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
 * The processes look at their clocks every ten seconds of the wall's. Five o'clock comes to them half way between two
 * such looks, and once they are up, so that the same look shows it to both.
 */
function shortlyBeforeFive(): string {
  const [look, startUp, leastAhead] = [10_000, 1_500, 6_000];
  const clockStarts = Date.now() + startUp;
  const ahead = leastAhead + ((look - ((clockStarts + leastAhead + look / 2) % look)) % look);
  return new Date(FIVE_ON_SUNDAY - ahead).toISOString();
}

/** The scheduled run of the week, where it has come this far. */
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

/** Whether the process has said that it brought the run of all these to its end. */
const hasFinished = (server: ServerProcess): boolean =>
  server.output().includes(`Posted ${due.length}/${due.length} installments`);

/** Until what the ended process left running in the database has gone too: it may have got its last word through. */
async function untilConnectionsAreGone(): Promise<void> {
  await waitFor('the connections of the killed process have gone', async () => {
    const [row] = await db.query<[{ count: number }]>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'driver-loans'`,
    );
    return row.count === 0 ? row : null;
  });
}

/** How far the run is, and how many processes wait at the gate for the one that posts. */
async function progress(): Promise<{ status: string; posted: number; waiting: number } | null> {
  const [row] = await db.query<{ status: string; posted: number; waiting: number }[]>(
    `SELECT status, installments_posted AS posted,
            (SELECT count(*)::integer FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event = 'advisory') AS waiting
     FROM posting_runs WHERE scheduled_week = $1`,
    [WEEK],
  );
  return row ?? null;
}

/**
 * Ends the first of so many processes while all of them are at the run, some of its chunks are in the ledger, and
 * some are not.
 */
async function endInTheMiddle(
  signal: 'SIGKILL' | 'SIGTERM',
  processes: 1 | 2,
): Promise<{ exitCode: number | null }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await setUp(MANY);
    const [first] = Array.from({ length: processes }, () => start(MONDAY));
    await waitFor('all are at the run', async () => {
      const now = await progress();
      if (now?.status === 'COMPLETED') return now;
      return now && now.posted > 0 && now.waiting >= processes - 1 ? now : null;
    });
    const exitCode = (await first?.end(signal)) ?? null;
    if (processes === 1) await untilConnectionsAreGone();
    const cut = await progress();
    if (cut?.status === 'RUNNING' && cut.posted < MANY) return { exitCode };
    await tearDown();
  }
  throw new Error(`the run was over before it could be cut, ${MOST_TRIES} times`);
}

describe('two processes on one database', () => {
  it('post everything once, in one run, when both fire on Sunday at 05:00 and not before', async () => {
    await setUp(30_000);
    const clockNow = shortlyBeforeFive();
    const both = [start(clockNow), start(clockNow)];
    await db.transaction(async (gate) => {
      await gate.query('SELECT pg_advisory_xact_lock($1)', [POSTING_GATE]);
      await waitFor('both are at the run', async () =>
        (await progress())?.waiting === both.length ? true : null,
      );
    });
    const complete = await run('is complete', isComplete);
    expect(complete.started_at.getTime()).toBeGreaterThanOrEqual(FIVE_ON_SUNDAY);
    await expectOneCompleteRun();
    // both took part: each brought the run that it had started or joined to its end
    await waitFor('both have finished', () => Promise.resolve(both.every(hasFinished) || null));
  });

  it('finish the run when one of them is killed in the middle of it', async () => {
    expect(await endInTheMiddle('SIGKILL', 2)).toEqual({ exitCode: null });
    await run('is complete', isComplete);
    await expectOneCompleteRun();
    await waitFor('the other has finished', () => Promise.resolve(servers.some(hasFinished) || null));
  });
});

describe('a process that is killed in the middle of its run', () => {
  it('leaves totals that agree with the ledger, and finishes the same run when it is started again', async () => {
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

describe('a process that is told to stop in the middle of its run', () => {
  it('finishes its chunk, ends in order, and finishes the same run when it is started again', async () => {
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
