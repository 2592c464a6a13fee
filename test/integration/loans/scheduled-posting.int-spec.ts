import { SchedulerRegistry } from '@nestjs/schedule';
import { InstallmentPostingRepository } from '../../../src/modules/loans/posting/installment-posting.repository.js';
import { ScheduledJobs } from '../../../src/platform/scheduling/scheduled-jobs.js';
import type { LoanInput } from '../../support/factories.js';
import { aLoan, makeDraft } from '../../support/factories.js';
import { dueInstallments, expectPostedExactlyOnce, totalDueOf } from '../../support/exactly-once-posting.js';
import type { Replicas } from '../../support/replicas.js';
import { onOneDatabase } from '../../support/replicas.js';
import { scheduledRuns, tick } from '../../support/scheduled-posting.js';
import { seedDueInstallments } from '../../support/seed-due-installments.js';
import { postInBatchesOf } from '../../support/posting-batches.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import { tamper } from '../../support/tampering.js';
import type { TestApp } from '../../support/test-app.js';
import { waitFor } from '../../support/wait-for.js';

const LENT = '2025-10-29T09:00:00-04:00';
const WEEK = '2025-11-02';
/** A Monday three weeks after the first Sunday of the loans */
const AFTER_THREE_WEEKS = '2025-11-17T10:00:00-05:00';

let replicas: Replicas;
let app: TestApp;

beforeEach(async () => {
  replicas = await onOneDatabase();
  app = await replicas.start({ now: LENT });
});

afterEach(() => replicas.close());

/** A loan of 100.00 with one installment. */
const aSmallLoan = (overrides: Partial<LoanInput> = {}) =>
  aLoan(app, { loan_amount: '100.00', start_week: WEEK, ...overrides });

/** The payment weeks of the posted installments of the loan. */
async function weeksPosted({ loan_id }: { loan_id: string }): Promise<Record<string, string>> {
  const rows = await app.db.query<{ source_id: string; week: string }[]>(
    `SELECT source_id, payment_period_start::text AS week FROM ledger_postings WHERE starts_with(source_id, $1)`,
    [`${loan_id}-INST-`],
  );
  return Object.fromEntries(rows.map((row) => [row.source_id, row.week]));
}

describe('the scheduled posting after an outage', () => {
  it('posts three missed weeks in one run, each installment in its own week', async () => {
    const loan = await aLoan(app, { start_week: WEEK, interest_rate: '10.00' });
    app.clock.set(AFTER_THREE_WEEKS);
    const due = await dueInstallments(app.db, '2025-11-16');
    await tick(app);

    expect(await weeksPosted(loan)).toEqual({
      [`${loan.loan_id}-INST-01`]: '2025-11-02',
      [`${loan.loan_id}-INST-02`]: '2025-11-09',
      [`${loan.loan_id}-INST-03`]: '2025-11-16',
    });
    await expectPostedExactlyOnce(app.db, due);
    expect(await scheduledRuns(app.db)).toEqual([
      expect.objectContaining({
        scheduled_week: '2025-11-16',
        period_start: null,
        period_end: '2025-11-22',
        status: 'COMPLETED',
        installments_due: 3,
        installments_posted: 3,
        total_amount_posted: await totalDueOf(app.db, due),
        started_by: null,
      }),
    ]);
  });

  it('runs at the next start of the process without waiting for a Sunday', async () => {
    await aLoan(app, { start_week: WEEK });
    const due = await dueInstallments(app.db, '2025-11-16');
    const restarted = await replicas.start({ now: AFTER_THREE_WEEKS, withCron: true });
    await waitFor('the run is complete', async () => {
      const [run] = await scheduledRuns(restarted.db);
      return run?.status === 'COMPLETED' ? run : null;
    });
    expect(due).toHaveLength(3);
    await expectPostedExactlyOnce(app.db, due);
  });

  it('resumes the run of a killed process and includes its postings in the totals', async () => {
    const [done, left, another] = [await aSmallLoan(), await aSmallLoan(), await aSmallLoan()];
    const setStatus = (status: string) =>
      app.db.query('UPDATE driver_loans SET status = $1 WHERE loan_id = $2', [status, another.loan_id]);
    await setStatus('ON_HOLD');
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    // as if the process had died between the batches: the installment of the last loan is unposted, and the run is open
    await setStatus('ACTIVE');
    await tamper(app.db, `UPDATE posting_runs SET status = 'RUNNING', finished_at = NULL`);

    const restarted = await replicas.start({ now: '2025-11-02T05:01:00-05:00' });
    await tick(restarted);
    await expectPostedExactlyOnce(
      app.db,
      [done, left, another].map((loan) => `${loan.loan_id}-INST-01`),
    );
    expect(await scheduledRuns(app.db)).toEqual([
      expect.objectContaining({ status: 'COMPLETED', installments_due: 3, installments_posted: 3 }),
    ]);
  });

  it('stops between two batches when the process shuts down and resumes at the next start', async () => {
    await seedDueInstallments(app.db, { loans: 6, installments: 1, startWeek: WEEK });
    const due = await dueInstallments(app.db, WEEK);
    const stopping = await replicas.start({
      now: '2025-11-02T05:00:00-05:00',
      env: { POSTING_WORKERS: '1' },
    });
    postInBatchesOf(stopping, 2);
    const posting = stopping.get(InstallmentPostingRepository);
    const postBatch = posting.postBatch.bind(posting);
    let closed: Promise<void> | undefined;
    jest.spyOn(posting, 'postBatch').mockImplementationOnce((...asked) => {
      closed = stopping.app.close();
      return postBatch(...asked);
    });
    await tick(stopping);
    await closed;
    await expectPostedExactlyOnce(app.db, due.slice(0, 2));
    expect(await scheduledRuns(app.db)).toEqual([
      expect.objectContaining({ status: 'RUNNING', installments_posted: 2 }),
    ]);

    await tick(await replicas.start({ now: '2025-11-02T05:01:00-05:00' }));
    await expectPostedExactlyOnce(app.db, due);
    expect(await scheduledRuns(app.db)).toEqual([
      expect.objectContaining({ status: 'COMPLETED', installments_due: 6, installments_posted: 6 }),
    ]);
  });

  it('starts no second run for a finished week in this or another process', async () => {
    await aLoan(app, { start_week: WEEK });
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    const done = { runs: await scheduledRuns(app.db), books: await dumpLedgerTables(app.db) };
    await tick(app);
    await tick(await replicas.start({ now: '2025-11-04T09:00:00-05:00' }));
    expect({ runs: await scheduledRuns(app.db), books: await dumpLedgerTables(app.db) }).toEqual(done);
    expect(done.runs).toHaveLength(1);
  });
});

it('no scheduled job runs in a process that does not listen yet', () => {
  const jobs = [...app.get(SchedulerRegistry).getCronJobs().values()];
  expect(jobs.map((job) => job.isActive)).toEqual(jobs.map(() => false));
  app.get(ScheduledJobs).start();
  expect(jobs.map((job) => job.isActive)).toEqual(jobs.map(() => true));
  expect(jobs.length).toBeGreaterThan(0);
});

describe('the time of the scheduled posting', () => {
  it.each([
    ['an ordinary Sunday in summer', '2025-10-22', '2025-10-26', '-04:00'],
    ['the Sunday on which summer time ends', '2025-10-29', '2025-11-02', '-05:00'],
    ['an ordinary Sunday in winter', '2025-11-05', '2025-11-09', '-05:00'],
    ['the Sunday on which summer time begins', '2026-03-04', '2026-03-08', '-04:00'],
  ])('is 05:00 in New York and not a second earlier on %s', async (_, lentOn, sunday, offset) => {
    app.clock.set(`${lentOn}T09:00:00-04:00`);
    const loan = await aSmallLoan({ start_week: sunday });
    app.clock.set(`${sunday}T04:59:59${offset}`);
    await tick(app);
    expect(await weeksPosted(loan)).toEqual({});
    await expectPostedExactlyOnce(app.db, []);

    app.clock.set(`${sunday}T05:00:00${offset}`);
    await tick(app);
    expect(await weeksPosted(loan)).toEqual({ [`${loan.loan_id}-INST-01`]: sunday });
    const runs = await scheduledRuns(app.db);
    expect(runs.at(-1)).toMatchObject({ scheduled_week: sunday, installments_posted: 1 });
  });

  it('can be changed in the settings', async () => {
    const midweek = await replicas.start({
      now: LENT,
      env: { LOAN_POSTING_DAY: '3', LOAN_POSTING_HOUR: '22' },
    });
    const loan = await aSmallLoan();
    midweek.clock.set('2025-11-05T21:59:59-05:00');
    await tick(midweek);
    expect(await weeksPosted(loan)).toEqual({});
    midweek.clock.set('2025-11-05T22:00:00-05:00');
    await tick(midweek);
    expect(await weeksPosted(loan)).toEqual({ [`${loan.loan_id}-INST-01`]: WEEK });
  });
});

describe('the scheduled posting', () => {
  it('posts only the next week of a loan whose current week was posted at its creation', async () => {
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    app.clock.set('2025-11-05T11:00:00-05:00');
    const loan = await aSmallLoan({ start_week: WEEK, loan_amount: '250.00' });
    const first = { [`${loan.loan_id}-INST-01`]: WEEK };
    expect(await weeksPosted(loan)).toEqual(first);
    await tick(await replicas.start({ now: '2025-11-06T09:00:00-05:00' }));
    expect(await weeksPosted(loan)).toEqual(first);

    app.clock.set('2025-11-09T05:00:00-05:00');
    await tick(app);
    expect(await weeksPosted(loan)).toEqual({ ...first, [`${loan.loan_id}-INST-02`]: '2025-11-09' });
  });

  it('posts no loan that is on hold, a draft or cancelled, and neither does a manual run', async () => {
    const [active, held, draft, cancelled] = [
      await aSmallLoan(),
      await aSmallLoan(),
      await aSmallLoan(),
      await aSmallLoan(),
    ];
    const finance = app.as('FINANCE');
    await finance.put(`/loans/${held.loan_id}/status`, { status: 'ON_HOLD', reason: 'In hospital' });
    await finance.put(`/loans/${cancelled.loan_id}/status`, { status: 'CANCELLED', reason: 'A mistake' });
    await makeDraft(app, draft.loan_id);
    // even if its schedule were not skipped
    await app.db.query(
      `UPDATE loan_schedules SET status = 'SCHEDULED', outstanding_balance = total_due WHERE loan_id = $1`,
      [cancelled.loan_id],
    );
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    for (const { loan_id } of [held, draft, cancelled]) {
      const { body } = await finance.post('/loans/installments/post', { loan_id });
      expect(body).toMatchObject({ success: false, installments_processed: 0 });
    }
    await expectPostedExactlyOnce(app.db, [`${active.loan_id}-INST-01`]);
  });

  it('posts the installments of an inactive driver and of an ended lease', async () => {
    const [left, ended] = [await aSmallLoan(), await aSmallLoan()];
    await app.db.query(`UPDATE drivers SET status = 'INACTIVE' WHERE id = $1`, [left.driver_id]);
    await app.db.query(`UPDATE leases SET status = 'TERMINATED', end_date = '2025-10-30' WHERE id = $1`, [
      ended.lease_id,
    ]);
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    await expectPostedExactlyOnce(app.db, [`${left.loan_id}-INST-01`, `${ended.loan_id}-INST-01`]);
  });
});
