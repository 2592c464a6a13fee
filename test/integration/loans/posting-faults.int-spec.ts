import { QueryFailedError } from 'typeorm';
import type { PostingResultResponse } from '../../../src/modules/loans/posting-runs/posting-result.response.js';
import type { PostingRunDetailResponse } from '../../../src/modules/loans/posting-runs/posting-run.response.js';
import { PostingRunRepository } from '../../../src/modules/loans/posting-runs/posting-run.repository.js';
import { AppConfig } from '../../../src/platform/config/app-config.js';
import { aLoan } from '../../support/factories.js';
import { dueInstallments, expectPostedExactlyOnce } from '../../support/exactly-once-posting.js';
import { allRuns, scheduledRuns, tick } from '../../support/scheduled-posting.js';
import { seedDueInstallments } from '../../support/seed-due-installments.js';
import { postInBatchesOf } from '../../support/posting-batches.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';
const OWN_POSTING = 'LP-2025-OWN';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-02T05:00:00-05:00' });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const post = (body: object = {}) =>
  app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', body);

const unposted = async (): Promise<string[]> => dueInstallments(app.db, WEEK);

/** An active posting of the installment that was not created by a run. */
async function insertPostingOf(installmentId: string): Promise<void> {
  await app.db.query(
    `INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
       source_id, payment_period_start, payment_period_end, status, posted_at)
     SELECT $2, driver_id, lease_id, 'DEBIT', 'LOANS', total_due, 'LOAN_INSTALLMENT', installment_id, week_start,
            week_end, 'POSTED', now()
     FROM loan_schedules JOIN driver_loans USING (loan_id) WHERE installment_id = $1`,
    [installmentId, OWN_POSTING],
  );
}

/** From now on the ledger rejects DEBITs of this amount, like any row that violates a check. */
const refuseAmount = (amount: string): Promise<unknown> =>
  app.db.query(
    `ALTER TABLE ledger_postings ADD CONSTRAINT ck_no_such_amount CHECK (amount <> ${amount}) NOT VALID`,
  );

const acceptAllAmounts = (): Promise<unknown> =>
  app.db.query('ALTER TABLE ledger_postings DROP CONSTRAINT ck_no_such_amount');

describe('an installment that cannot be posted', () => {
  let due: string[];
  let good: string[];
  let errors: { installment_id: string; code: string; message: string }[];

  /** Of the 300 installments of a batch, one is already in the ledger and two have a rejected amount. */
  beforeEach(async () => {
    await seedDueInstallments(app.db, { loans: 298, installments: 1, startWeek: WEEK });
    const rejected = [
      await aLoan(app, { loan_amount: '77.77', start_week: WEEK }),
      await aLoan(app, { loan_amount: '77.77', start_week: WEEK }),
    ];
    due = await dueInstallments(app.db, WEEK);
    const alreadyPosted = due[100] ?? '';
    await insertPostingOf(alreadyPosted);
    await refuseAmount('77.77');
    errors = [
      {
        installment_id: alreadyPosted,
        code: 'SOURCE_ALREADY_POSTED',
        message: 'The ledger already has an active posting for this installment.',
      },
      ...rejected.map(({ loan_id }) => ({
        installment_id: `${loan_id}-INST-01`,
        code: 'INSTALLMENT_REFUSED',
        message: 'The database refused the posting: it violates the constraint ck_no_such_amount.',
      })),
    ];
    good = due.filter((id) => !errors.some(({ installment_id }) => installment_id === id));
  });

  it('is reported with its id and reason while the others are posted', async () => {
    const { status, body } = await post();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: false,
      message: 'Posted 297/300 installments',
      installments_processed: 300,
      installments_posted: 297,
      errors,
    });
    await expectPostedExactlyOnce(app.db, good, [OWN_POSTING]);
    expect(await unposted()).toEqual(errors.map(({ installment_id }) => installment_id));
  });

  it('is recorded with the run', async () => {
    const { body } = await post();
    const run = await app.as('MANAGER').get<PostingRunDetailResponse>(`/loans/posting-runs/${body.run_id}`);
    expect(run.body).toMatchObject({
      status: 'COMPLETED',
      success: false,
      installments_due: 300,
      installments_posted: 297,
      installments_failed: 3,
      total_amount_posted: body.total_amount_posted,
      errors,
    });
  });

  it('is reported by a dry run that writes nothing', async () => {
    const before = await dumpLedgerTables(app.db);
    const dryRun = await post({ dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    const posted = await post();
    expect(dryRun.body).toEqual({
      ...posted.body,
      run_id: expect.any(Number),
      dry_run: true,
      message: 'Would post 297/300 installments',
    });
    expect(dryRun.body.errors).toEqual(errors);
  });

  it('does not fail the scheduled run and is retried by the next one', async () => {
    await tick(app);
    expect(await scheduledRuns(app.db)).toEqual([
      expect.objectContaining({ status: 'COMPLETED', installments_posted: 297 }),
    ]);
    await acceptAllAmounts();
    app.clock.set('2025-11-09T05:00:00-05:00');
    await tick(app);
    const [alreadyPosted, ...rejected] = errors.map(({ installment_id }) => installment_id);
    await expectPostedExactlyOnce(app.db, [...good, ...rejected], [OWN_POSTING]);
    expect(await unposted()).toEqual([alreadyPosted]);
  });
});

describe('a run that fails halfway', () => {
  let due: string[];
  let add: jest.SpyInstance<Promise<void>, Parameters<PostingRunRepository['add']>>;

  /** Six installments in three batches, which one worker posts one after another */
  beforeEach(async () => {
    app.get(AppConfig).POSTING_WORKERS = 1;
    await seedDueInstallments(app.db, { loans: 6, installments: 1, startWeek: WEEK });
    due = await dueInstallments(app.db, WEEK);
    postInBatchesOf(app, 2);
    add = jest.spyOn(app.get(PostingRunRepository), 'add');
  });

  /** The connection of the second batch breaks after it is posted and counted, before it is committed. */
  function breakSecondChunk(error: Error): void {
    const real = PostingRunRepository.prototype.add.bind(app.get(PostingRunRepository));
    add.mockImplementationOnce(real).mockImplementationOnce(async (...counted) => {
      await real(...counted);
      throw error;
    });
  }

  it('keeps its postings, is marked as failed and leaves the rest to the next run', async () => {
    breakSecondChunk(new Error('Connection terminated unexpectedly'));
    expect((await post()).status).toBe(503);
    await expectPostedExactlyOnce(app.db, due.slice(0, 2));
    const [failed] = await allRuns(app.db);
    expect(failed).toMatchObject({
      status: 'FAILED',
      installments_due: 6,
      installments_posted: 2,
      failure: 'The run stopped before its end.',
    });
    const { body } = await post();
    expect(body).toMatchObject({ success: true, message: 'Posted 4/4 installments' });
    await expectPostedExactlyOnce(app.db, due);
  });

  it('resumes as the same run at the next tick if it is the scheduled one', async () => {
    breakSecondChunk(new Error('Connection terminated unexpectedly'));
    await tick(app);
    await expectPostedExactlyOnce(app.db, due.slice(0, 2));
    expect(await allRuns(app.db)).toEqual([
      expect.objectContaining({ status: 'RUNNING', installments_posted: 2 }),
    ]);
    await tick(app);
    await expectPostedExactlyOnce(app.db, due);
    expect(await allRuns(app.db)).toEqual([
      expect.objectContaining({ status: 'COMPLETED', installments_due: 6, installments_posted: 6 }),
    ]);
  });

  it('repeats a whole batch that lost a deadlock', async () => {
    const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    breakSecondChunk(new QueryFailedError('UPDATE', [], deadlock));
    const { body } = await post();
    expect(body).toMatchObject({ success: true, message: 'Posted 6/6 installments' });
    expect(add).toHaveBeenCalledTimes(4);
    await expectPostedExactlyOnce(app.db, due);
  });
});
