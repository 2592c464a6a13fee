import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { PostingResultResponse } from '../../src/modules/loans/posting-runs/posting-result.response.js';
import type {
  PostingRunDetailResponse,
  PostingRunResponse,
} from '../../src/modules/loans/posting-runs/posting-run.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { listOf } from './support/loan-pages.js';

const WEDNESDAY = '2025-10-29T09:00:00-04:00';

describe('POST /loans/installments/post', () => {
  let app: TestApp;
  const runs = listOf(() => app.as('MANAGER'), '/loans/posting-runs');

  const post = (body?: object): Promise<ApiAnswer<PostingResultResponse>> =>
    app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', body);
  const ledger = (): Promise<unknown> =>
    app.db.query(`SELECT (SELECT json_agg(s ORDER BY s.id) FROM loan_schedules s) AS schedules,
                         (SELECT count(*) FROM ledger_postings) AS postings,
                         (SELECT count(*) FROM ledger_balances) AS balances`);

  beforeAll(async () => {
    app = await startTestApp({ now: WEDNESDAY });
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(WEDNESDAY));
  // each test posts only its own loans
  afterEach(() => post({ payment_period_end: '2025-11-01' }));

  it('posts the current week by default and returns the totals', async () => {
    for (let n = 0; n < 3; n += 1) await aLoan(app, { loan_amount: '300.00' });
    expect(await post()).toMatchObject({
      status: 200,
      body: {
        run_id: expect.any(Number),
        success: true,
        message: 'Posted 3/3 installments',
        dry_run: false,
        period_start: '2025-10-26',
        period_end: '2025-11-01',
        installments_processed: 3,
        installments_posted: 3,
        total_amount_posted: '300.00',
        errors: null,
      },
    });
    expect((await post({})).body).toMatchObject({
      success: true,
      message: 'Posted 0/0 installments',
      total_amount_posted: '0.00',
      errors: null,
    });
  });

  it('returns the same in a dry run, which posts nothing', async () => {
    await aLoan(app, { loan_amount: '300.00' });
    const before = await ledger();
    const dry = (await post({ dry_run: true })).body;
    expect(await ledger()).toEqual(before);
    expect(dry).toMatchObject({ dry_run: true, message: 'Would post 1/1 installments' });
    const real = (await post({ dry_run: false })).body;
    expect(real).toEqual({
      ...dry,
      run_id: dry.run_id + 1,
      dry_run: false,
      message: 'Posted 1/1 installments',
    });
  });

  it('posts a single loan on request', async () => {
    const [one, other] = [await aLoan(app), await aLoan(app)];
    expect((await post({ loan_id: one.loan_id })).body).toMatchObject({ installments_posted: 1 });
    const statusOf = async ({ loan_id }: LoanDetailResponse): Promise<string | undefined> =>
      (await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan_id}`)).body.installments[0]?.status;
    expect([await statusOf(one), await statusOf(other)]).toEqual(['POSTED', 'DUE']);
  });

  it('posts several weeks, each installment under its own week', async () => {
    const { loan_id, driver_id } = await aLoan(app);
    app.clock.set('2025-11-12T09:00:00-05:00');
    const body = { loan_id, payment_period_start: '2025-10-26', payment_period_end: '2025-11-08' };
    expect((await post(body)).body).toMatchObject({
      ...{ period_start: '2025-10-26' },
      installments_posted: 2,
    });
    const balances = await app.as('FINANCE').get(`/ledger/balances?driver_id=${driver_id}&sort_order=asc`);
    expect(balances.body).toMatchObject({
      items: [
        { payment_period_start: '2025-10-26', payment_period_end: '2025-11-01', due_date: '2025-11-01' },
        { payment_period_start: '2025-11-02', payment_period_end: '2025-11-08', due_date: '2025-11-08' },
      ],
    });
  });

  it.each([
    [{ payment_period_start: '2025-10-26' }, '2025-10-26', '2025-11-01'],
    [{ payment_period_end: '2025-10-25' }, '2025-10-19', '2025-10-25'],
    [{ payment_period_start: '2025-09-28', payment_period_end: '2025-10-25' }, '2025-09-28', '2025-10-25'],
  ])('covers the weeks of %j', async (asked, period_start, period_end) => {
    expect((await post(asked)).body).toMatchObject({ period_start, period_end });
  });

  it.each([
    [
      { payment_period_start: '2025-10-27' },
      'payment_period_start',
      'The period must begin on a Sunday (got 2025-10-27). The nearest Sundays are 2025-10-26 and 2025-11-02.',
    ],
    [
      { payment_period_start: '2025-10-19', payment_period_end: '2025-10-24' },
      'payment_period_end',
      'The period must end on a Saturday (got 2025-10-24). Its payment week ends on 2025-10-25.',
    ],
    [
      { payment_period_start: '2025-10-26', payment_period_end: '2025-10-25' },
      'payment_period_end',
      'The period ends on 2025-10-25, before it begins on 2025-10-26.',
    ],
  ])('rejects a period of incomplete weeks: %j', async (period, field, sentence) => {
    const { total } = await runs({});
    const problem = expectProblem(await post(period), 400, 'POSTING_PERIOD_INVALID');
    expect(problem).toMatchObject({ detail: sentence, errors: [{ field, message: sentence }] });
    expect((await runs({})).total).toBe(total);
  });

  it.each([
    { payment_period_start: '2025-11-02' },
    { payment_period_start: '2025-10-26', payment_period_end: '2025-11-08' },
  ])('rejects a week that has not begun: %j', async (period) => {
    const problem = expectProblem(await post(period), 400, 'POSTING_WEEK_NOT_BEGUN');
    expect(problem.detail).toBe('The week of 2025-11-02 has not begun (today is 2025-10-29).');
  });

  it('rejects a loan that does not exist', async () => {
    const problem = expectProblem(await post({ loan_id: 'DL-2025-9999' }), 400, 'LOAN_UNKNOWN');
    expect(problem.errors).toEqual([{ field: 'loan_id', message: 'There is no loan DL-2025-9999.' }]);
  });

  it.each([
    ['dry_run', 'true'],
    ['dry_run', null],
    ['dry_run', 1],
    ['loan_id', null],
    ['loan_id', ''],
    ['loan_id', ['DL-2025-0001']],
    ['payment_period_start', null],
    ['payment_period_start', '2025-02-30'],
    ['payment_period_end', '2025-10-25T00:00:00Z'],
    ['driver_id', 1],
  ])('rejects %s %j', async (field, value) => {
    expectFieldErrors(await post({ [field]: value }), field);
  });

  it('requires loans:post', async () => {
    const { total } = await runs({});
    const answer = await app.as('MANAGER').post('/loans/installments/post', { dry_run: true });
    expect(expectProblem(answer, 403, 'PERMISSION_MISSING').detail).toContain('loans:post');
    expect((await runs({})).total).toBe(total);
  });

  describe('the record of a run', () => {
    it('contains its totals, its user and its times', async () => {
      const { loan_id } = await aLoan(app, { loan_amount: '300.00' });
      const { id: clerk } = (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body;
      const { run_id } = (await post({ loan_id })).body;
      const now = new Date(WEDNESDAY).toISOString();
      const run = await app.as('MANAGER').get<PostingRunDetailResponse>(`/loans/posting-runs/${run_id}`);
      expect(run).toMatchObject({ status: 200 });
      expect(run.body).toEqual({
        run_id,
        trigger: 'API',
        status: 'COMPLETED',
        success: true,
        dry_run: false,
        period_start: '2025-10-26',
        period_end: '2025-11-01',
        loan_id,
        installments_due: 1,
        installments_posted: 1,
        installments_failed: 0,
        total_amount_posted: '100.00',
        credits_applied: '0.00',
        failure: null,
        started_by: clerk,
        started_at: now,
        finished_at: now,
        errors: [],
      });
      const { errors: _, ...listed } = run.body;
      expect((await runs<PostingRunResponse>({})).items[0]).toEqual(listed);
    });

    it('contains the installments that could not be posted', async () => {
      const { loan_id, driver_id, lease_id } = await aLoan(app, { loan_amount: '300.00' });
      const installmentId = `${loan_id}-INST-01`;
      await app.db.query(
        `INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
           source_id, payment_period_start, payment_period_end, status, posted_at)
         VALUES ('LP-2025-900000', $1, $2, 'DEBIT', 'LOANS', 5, 'LOAN_INSTALLMENT', $3, '2025-10-26', '2025-11-01',
           'POSTED', now())`,
        [driver_id, lease_id, installmentId],
      );
      const result = (await post({ loan_id })).body;
      const errors = [
        {
          installment_id: installmentId,
          code: 'SOURCE_ALREADY_POSTED',
          message: 'The ledger already has an active posting for this installment.',
        },
      ];
      expect(result).toMatchObject({ success: false, message: 'Posted 0/1 installments', errors });
      const run = await app.as('MANAGER').get(`/loans/posting-runs/${result.run_id}`);
      expect(run.body).toMatchObject({ status: 'COMPLETED', success: false, installments_failed: 1, errors });
      await app.as('FINANCE').put(`/loans/${loan_id}/status`, { status: 'CANCELLED', reason: 'Clean up' });
    });

    it('is listed by trigger, status and kind, latest first', async () => {
      const [dry, real] = [(await post({ dry_run: true })).body.run_id, (await post({})).body.run_id];
      const idsOf = async (filters: Record<string, string | number | boolean>): Promise<number[]> =>
        (await runs<PostingRunResponse>(filters)).items.map(({ run_id }) => run_id);
      expect((await idsOf({})).slice(0, 2)).toEqual([real, dry]);
      expect((await idsOf({ sort_order: 'asc', page_size: 500 })).slice(-2)).toEqual([dry, real]);
      expect((await idsOf({ dry_run: true }))[0]).toBe(dry);
      expect(await idsOf({ dry_run: false })).not.toContain(dry);
      expect(await idsOf({ trigger: 'API', status: 'COMPLETED', page_size: 1 })).toEqual([real]);
      expect(await idsOf({ trigger: 'CRON' })).toEqual([]);
      expect(await idsOf({ status: 'FAILED' })).toEqual([]);
    });

    it('is found by its number', async () => {
      expectProblem(
        await app.as('MANAGER').get('/loans/posting-runs/2147483647'),
        404,
        'POSTING_RUN_NOT_FOUND',
      );
      for (const id of ['0', 'last', '2147483648', '1e1']) {
        expectFieldErrors(await app.as('MANAGER').get(`/loans/posting-runs/${id}`), 'run_id');
      }
      for (const filter of ['trigger=HAND', 'status=DONE', 'dry_run=1', 'loan_id=DL-2025-0001']) {
        const answer = await app.as('MANAGER').get(`/loans/posting-runs?${filter}`);
        expectFieldErrors(answer, filter.split('=')[0] ?? '');
      }
    });
  });
});
