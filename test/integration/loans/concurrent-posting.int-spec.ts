import { weekOf } from '../../../src/kernel/calendar/payment-week.js';
import { calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { Money } from '../../../src/kernel/money/money.js';
import type { PostingResultResponse } from '../../../src/modules/loans/posting-runs/posting-result.response.js';
import { InstallmentPostingService } from '../../../src/modules/loans/index.js';
import { InstallmentPostingRepository } from '../../../src/modules/loans/posting/installment-posting.repository.js';
import { aLoan } from '../../support/factories.js';
import { dueInstallments, expectPostedExactlyOnce, totalDueOf } from '../../support/exactly-once-posting.js';
import type { Replicas } from '../../support/replicas.js';
import { onOneDatabase } from '../../support/replicas.js';
import { scheduledRuns, tick } from '../../support/scheduled-posting.js';
import { seedDueInstallments } from '../../support/seed-due-installments.js';
import { postInBatchesOf } from '../../support/posting-batches.js';
import type { TestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

const SUNDAY_AT_FIVE = '2025-11-02T05:00:00-05:00';
const WEEK = '2025-11-02';
/** Three batches */
const LOANS = 25_000;

let replicas: Replicas;
let one: TestApp;
let other: TestApp;

beforeEach(async () => {
  replicas = await onOneDatabase();
  [one, other] = [
    await replicas.start({ now: SUNDAY_AT_FIVE }),
    await replicas.start({ now: SUNDAY_AT_FIVE }),
  ];
});

afterEach(() => replicas.close());

const postScheduled = (app: TestApp, stop = new AbortController().signal) =>
  app.get(InstallmentPostingService).postScheduled(weekOf(calendarDate(WEEK)), stop);

describe('a concurrent posting run', () => {
  let due: string[];
  let totalDue: string;

  beforeEach(async () => {
    await seedDueInstallments(one.db, { loans: LOANS, installments: 1, startWeek: WEEK });
    due = await dueInstallments(one.db, WEEK);
    totalDue = await totalDueOf(one.db, due);
    // sign in before the concurrent requests start
    await Promise.all([one, other].map((app) => app.as('FINANCE').get('/loans/posting-runs')));
  });

  const postByHand = (app: TestApp, body: object = {}) =>
    app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', body);

  /** Every call succeeds, and together the calls report each installment once. */
  function expectEachPostedByOneCall(
    answers: readonly { status: number; body: PostingResultResponse }[],
  ): void {
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const results = answers.map(({ body }) => body);
    expect(results.every(({ success }) => success)).toBe(true);
    expect(results.reduce((sum, result) => sum + result.installments_posted, 0)).toBe(LOANS);
    expect(Money.sum(results.map((result) => Money.of(result.total_amount_posted))).toString()).toBe(
      totalDue,
    );
  }

  it('posts everything once when eight calls reach one process at the same time', async () => {
    expectEachPostedByOneCall(await Promise.all(Array.from({ length: 8 }, () => postByHand(one))));
    await expectPostedExactlyOnce(one.db, due);
  });

  it('posts everything once when two processes get four calls each at the same time', async () => {
    expectEachPostedByOneCall(
      await Promise.all(Array.from({ length: 8 }, (_, n) => postByHand(n % 2 ? one : other))),
    );
    await expectPostedExactlyOnce(one.db, due);
  });

  it('is a single run that posts everything once when two processes start it for the same Sunday', async () => {
    const results = await Promise.all([postScheduled(one), postScheduled(other)]);
    await expectPostedExactlyOnce(one.db, due);
    expect(await scheduledRuns(one.db)).toEqual([
      expect.objectContaining({
        scheduled_week: WEEK,
        status: 'COMPLETED',
        installments_due: LOANS,
        installments_posted: LOANS,
        total_amount_posted: totalDue,
      }),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ message: `Posted ${LOANS}/${LOANS} installments`, errors: null });
    }
  });

  it('posts everything once when manual, single-loan and dry runs meet the scheduled run', async () => {
    const loanId = due[LOANS - 1]?.replace(/-INST-01$/, '');
    const [dry, ...byHand] = await Promise.all([
      postByHand(other, { dry_run: true }),
      postByHand(one),
      postByHand(other, { loan_id: loanId }),
      tick(one),
      tick(other),
    ]);
    expect(dry.status).toBe(200);
    expect(byHand.slice(0, 2)).toEqual([
      expect.objectContaining({ status: 200 }),
      expect.objectContaining({ status: 200 }),
    ]);
    await expectPostedExactlyOnce(one.db, due);
    const [run] = await scheduledRuns(one.db);
    expect(run).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('a run over chosen installments', () => {
  it('posts each once, and one of two concurrent runs reports it as posted before', async () => {
    for (let made = 0; made < 20; made += 1) await aLoan(one, { start_week: WEEK });
    const [left, ...chosen] = await dueInstallments(one.db, WEEK);
    await Promise.all([one, other].map((app) => app.as('FINANCE').get('/loans/posting-runs')));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        (n % 2 ? one : other)
          .as('FINANCE')
          .post<PostingResultResponse>('/loans/installments/post', { installment_ids: chosen }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await expectPostedExactlyOnce(one.db, chosen);
    for (const { body } of answers) {
      const errors = body.errors ?? [];
      expect(body.installments_posted + errors.length).toBe(chosen.length);
      expect(errors.every(({ code }) => code === 'INSTALLMENT_ALREADY_POSTED')).toBe(true);
    }
    const refused = answers.flatMap(({ body }) => body.errors ?? []);
    expect(refused).toHaveLength(5 * chosen.length);
    expect(await dueInstallments(one.db, WEEK)).toEqual([left]);
  });
});

describe('a scheduled run that another process joins', () => {
  it('expects the posted and the remaining installments and does not count the current batch twice', async () => {
    for (let made = 0; made < 3; made += 1) await aLoan(one, { loan_amount: '100.00', start_week: WEEK });
    const due = await dueInstallments(one.db, WEEK);
    postInBatchesOf(one, 2);
    const stop = new AbortController();
    const first = one.get(InstallmentPostingRepository);
    const postBatch = first.postBatch.bind(first);
    jest.spyOn(first, 'postBatch').mockImplementationOnce((...asked) => {
      stop.abort();
      return postBatch(...asked);
    });
    // the first process posts one batch while the second one counts the rest
    const second = other.get(InstallmentPostingRepository);
    const planBatches = second.planBatches.bind(second);
    let meanwhile: Promise<unknown> | undefined;
    jest.spyOn(second, 'planBatches').mockImplementationOnce(async (...asked) => {
      const chunks = await planBatches(...asked);
      meanwhile = postScheduled(one, stop.signal);
      await Promise.race([meanwhile, waitForLockWaiters(one.db, 1)]);
      return chunks;
    });
    expect(await postScheduled(other)).toMatchObject({ installments_posted: 3 });
    await meanwhile;
    await expectPostedExactlyOnce(one.db, due);
    expect(await scheduledRuns(one.db)).toEqual([
      expect.objectContaining({ installments_due: 3, installments_posted: 3 }),
    ]);
  });
});
