import type { PostingResultResponse } from '../../../src/modules/loans/posting-runs/posting-result.response.js';
import { InstallmentPostingRepository } from '../../../src/modules/loans/posting/installment-posting.repository.js';
import { PostingRunRepository } from '../../../src/modules/loans/posting-runs/posting-run.repository.js';
import type { ApiAnswer } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import { dueInstallments, expectPostedExactlyOnce } from '../../support/exactly-once-posting.js';
import { postInBatchesOf } from '../../support/posting-batches.js';
import { tamper } from '../../support/tampering.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';

let app: TestApp;
let due: string[];

beforeEach(async () => {
  // one worker, so that the batches come one after another
  app = await startTestApp({ now: '2025-11-02T05:00:00-05:00', env: { POSTING_WORKERS: '1' } });
  for (let loans = 0; loans < 5; loans += 1) await aLoan(app);
  due = await dueInstallments(app.db, WEEK);
  postInBatchesOf(app, 2);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const post = (body: object = {}): Promise<ApiAnswer<PostingResultResponse>> =>
  app.as('FINANCE').post('/loans/installments/post', body, { 'idempotency-key': 'the-week' });

/** The second of the three batches fails. */
function failSecondBatch(): void {
  const posting = app.get(InstallmentPostingRepository);
  const postBatch = posting.postBatch.bind(posting);
  jest
    .spyOn(posting, 'postBatch')
    .mockImplementationOnce((...asked) => postBatch(...asked))
    .mockImplementationOnce(() => Promise.reject(new Error('cut off')));
}

const runs = (): Promise<object[]> =>
  app.db.query<object[]>('SELECT id, status, failure, installments_posted FROM posting_runs ORDER BY id');

const ALL_POSTED = {
  success: true,
  message: 'Posted 5/5 installments',
  installments_posted: 5,
  total_amount_posted: '500.00',
};

describe('a posting with an Idempotency-Key', () => {
  it.each([
    ['failed halfway', () => undefined],
    ['was killed halfway', () => jest.spyOn(PostingRunRepository.prototype, 'fail').mockResolvedValueOnce()],
  ])('that %s is resumed where it stopped and returns the totals of the whole run', async (_, kill) => {
    failSecondBatch();
    kill();
    expect((await post()).status).toBe(500);
    const [cut] = await runs();
    expect(cut).toMatchObject({ installments_posted: 2 });

    const { status, body } = await post();
    expect({ status, body }).toMatchObject({ status: 200, body: ALL_POSTED });
    await expectPostedExactlyOnce(app.db, due);
    expect(await runs()).toEqual([
      { id: body.run_id, status: 'COMPLETED', failure: null, installments_posted: 5 },
    ]);
    expect((await post()).body).toEqual(body);
  });

  it('over chosen installments is resumed with these alone, and none that it posted itself is an error', async () => {
    const [left, ...installment_ids] = due;
    failSecondBatch();
    expect((await post({ installment_ids })).status).toBe(500);
    expect(await runs()).toMatchObject([{ status: 'FAILED', installments_posted: 2 }]);
    const { body } = await post({ installment_ids });
    expect(body).toMatchObject({ message: 'Posted 4/4 installments', errors: null });
    await expectPostedExactlyOnce(app.db, installment_ids);
    expect(await dueInstallments(app.db, WEEK)).toEqual([left]);
  });

  it('posts each installment once and returns equal responses when two requests arrive at the same time', async () => {
    const [left, right] = await Promise.all([post(), post()]);
    const done = [left, right].filter(({ status }) => status === 200);
    for (const { body } of done) expect(body).toMatchObject(ALL_POSTED);
    expect(done.length).toBeGreaterThan(0);
    await expectPostedExactlyOnce(app.db, due);
    expect(await runs()).toHaveLength(1);
  });

  it('posts nothing of the next week when it is repeated in that week', async () => {
    app.clock.set('2025-11-08T23:59:00-05:00');
    const first = await post();
    expect(first.body).toMatchObject(ALL_POSTED);
    app.clock.set('2025-11-09T00:01:00-05:00');
    expect(await post()).toMatchObject({ status: 200, body: first.body });
    const unposted = await app.db.query<{ week_start: string }[]>(
      'SELECT DISTINCT week_start FROM loan_schedules WHERE NOT posted_to_ledger ORDER BY 1',
    );
    expect(unposted[0]).toEqual({ week_start: '2025-11-09' });
  });

  it('answers a key that was stored by an earlier version, whose stored answers had more fields', async () => {
    const first = await post();
    await tamper(
      app.db,
      `UPDATE idempotency_keys SET answer = json_build_object('id', ${first.body.run_id}, 'period', json_build_object())`,
    );
    expect(await post()).toMatchObject({ status: 200, body: first.body });
  });

  it('is not started by a dry run with the same key', async () => {
    expect((await post({ dry_run: true })).body).toMatchObject({ dry_run: true, installments_posted: 5 });
    const real = await post();
    expect(real.headers['idempotency-replayed']).toBeUndefined();
    expect(real.body).toMatchObject(ALL_POSTED);
  });

  it('writes one audit log entry when it starts', async () => {
    failSecondBatch();
    await post();
    const { body } = await post();
    const entries = await app.db.query<object[]>(
      `SELECT record_id, after FROM audit_log WHERE action = 'installments.post'`,
    );
    expect(entries).toEqual([
      {
        record_id: String(body.run_id),
        after: {
          run_id: body.run_id,
          trigger: 'API',
          period_start: WEEK,
          period_end: '2025-11-08',
          loan_id: null,
        },
      },
    ]);
  });
});
