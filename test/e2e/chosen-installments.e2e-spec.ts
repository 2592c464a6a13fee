import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { PostingResultResponse } from '../../src/modules/loans/posting-runs/posting-result.response.js';
import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const WEDNESDAY = '2025-11-05T09:00:00-05:00';

describe('POST /loans/installments/post with installment_ids', () => {
  let app: TestApp;

  const post = (installment_ids: unknown, more: object = {}): Promise<ApiAnswer<PostingResultResponse>> =>
    app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', { installment_ids, ...more });
  const statusesOf = async ({ loan_id }: LoanDetailResponse): Promise<string[]> =>
    (await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan_id}`)).body.installments.map(
      ({ status }) => status,
    );
  const installmentOf = ({ loan_id }: LoanDetailResponse, number = 1): string => `${loan_id}-INST-0${number}`;
  const countRuns = async (): Promise<number> =>
    (await app.db.query<[{ runs: number }]>('SELECT count(*)::integer AS runs FROM posting_runs'))[0].runs;
  /** Three installments, of the weeks from 2025-10-26 to 2025-11-15. */
  const aLoanOfThreeWeeks = async (): Promise<LoanDetailResponse> => {
    app.clock.set('2025-10-29T09:00:00-04:00');
    const loan = await aLoan(app, { loan_amount: '300.00', start_week: '2025-10-26' });
    app.clock.set(WEDNESDAY);
    return loan;
  };

  beforeAll(async () => {
    app = await startTestApp({ now: WEDNESDAY });
  });
  afterAll(() => app.close());

  it('posts these installments alone, each under its own week', async () => {
    const [one, other] = [await aLoanOfThreeWeeks(), await aLoanOfThreeWeeks()];
    const chosen = [installmentOf(other, 2), installmentOf(one)];
    const { status, body } = await post(chosen);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        success: true,
        message: 'Posted 2/2 installments',
        period_start: '2025-10-26',
        period_end: '2025-11-08',
        total_amount_posted: '200.00',
        errors: null,
      },
    });
    expect([await statusesOf(one), await statusesOf(other)]).toEqual([
      ['POSTED', 'DUE', 'SCHEDULED'],
      ['DUE', 'POSTED', 'SCHEDULED'],
    ]);
    const [balance] = await app.db.query<object[]>(
      `SELECT payment_period_start, due_date FROM ledger_balances WHERE reference_id = $1`,
      [chosen[0]],
    );
    expect(balance).toEqual({ payment_period_start: '2025-11-02', due_date: '2025-11-08' });
    const [entry] = await app.db.query<object[]>(
      `SELECT after FROM audit_log WHERE action = 'installments.post' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry).toMatchObject({ after: { run_id: body.run_id, loan_id: null, installment_ids: chosen } });
    expect(await app.get(LedgerVerificationService).verify()).toMatchObject({ differences: [] });
  });

  it('posts the others if one cannot be posted, and names each with its reason', async () => {
    const [good, posted, held, paidOff] = [
      await aLoanOfThreeWeeks(),
      await aLoanOfThreeWeeks(),
      await aLoanOfThreeWeeks(),
      await aLoanOfThreeWeeks(),
    ];
    await post([installmentOf(posted)]);
    const finance = app.as('FINANCE');
    const hold = { status: 'ON_HOLD', reason: 'Papers are missing' };
    await finance.put(`/loans/${held.loan_id}/status`, hold);
    expect((await app.as('ADMIN').post(`/loans/${paidOff.loan_id}/payoff`, {})).status).toBe(200);
    const chosen = [good, posted, held, paidOff].map((loan) => installmentOf(loan));
    const expected = {
      success: false,
      installments_posted: 1,
      total_amount_posted: '100.00',
      errors: [
        {
          installment_id: installmentOf(posted),
          code: 'INSTALLMENT_ALREADY_POSTED',
          message: expect.stringMatching(
            /^The installment was posted before, as balance LB-2025-\d{6}\.$/,
          ) as string,
        },
        {
          installment_id: installmentOf(held),
          code: 'LOAN_NOT_ACTIVE',
          message: `Only an active loan can be posted (${held.loan_id} is ON_HOLD). Resume it first.`,
        },
        {
          installment_id: installmentOf(paidOff),
          code: 'INSTALLMENT_SKIPPED',
          message: `The installment was skipped when the plan of ${paidOff.loan_id} changed, so it is not owed.`,
        },
      ],
    };
    const dry = (await post(chosen, { dry_run: true })).body;
    expect(dry).toMatchObject({ ...expected, message: 'Would post 1/4 installments' });
    const real = (await post(chosen)).body;
    expect(real).toMatchObject({ ...expected, message: 'Posted 1/4 installments' });
    const run = await app.as('MANAGER').get(`/loans/posting-runs/${real.run_id}`);
    expect(run.body).toMatchObject({
      status: 'COMPLETED',
      success: false,
      installments_due: 1,
      errors: expected.errors,
    });
    expect(await statusesOf(good)).toEqual(['POSTED', 'DUE', 'SCHEDULED']);
  });

  it('answers a repeated request with the result of the first one', async () => {
    const loan = await aLoanOfThreeWeeks();
    const send = () =>
      app
        .as('FINANCE')
        .post<PostingResultResponse>(
          '/loans/installments/post',
          { installment_ids: [installmentOf(loan)] },
          { 'idempotency-key': 'chosen' },
        );
    const first = await send();
    expect(first.body).toMatchObject({ message: 'Posted 1/1 installments', errors: null });
    expect((await send()).body).toEqual(first.body);
  });

  it('refuses the whole request if an installment does not exist', async () => {
    const loan = await aLoanOfThreeWeeks();
    const runs = await countRuns();
    const problem = expectProblem(
      await post(['DL-2025-9999-INST-01', installmentOf(loan), 'X']),
      400,
      'INSTALLMENT_UNKNOWN',
    );
    expect(problem.errors).toEqual([
      { field: 'installment_ids.0', message: 'There is no installment DL-2025-9999-INST-01.' },
      { field: 'installment_ids.2', message: 'There is no installment X.' },
    ]);
    expect(await countRuns()).toBe(runs);
    expect((await statusesOf(loan))[0]).toBe('DUE');
  });

  it('refuses a week that has not begun, but shows the coming week in a dry run', async () => {
    const loan = await aLoanOfThreeWeeks();
    const later = installmentOf(loan, 3);
    const problem = expectProblem(await post([installmentOf(loan), later]), 400, 'POSTING_WEEK_NOT_BEGUN');
    expect(problem.errors).toEqual([
      {
        field: 'installment_ids.1',
        message: `${later} cannot be posted yet. The week of 2025-11-09 has not begun (today is 2025-11-05).`,
      },
    ]);
    expect((await post([later], { dry_run: true })).body).toMatchObject({
      success: true,
      message: 'Would post 1/1 installments',
      period_start: '2025-11-09',
    });
    expect(await statusesOf(loan)).toEqual(['DUE', 'DUE', 'SCHEDULED']);
  });

  it.each([
    { loan_id: 'DL-2025-0001' },
    { payment_period_start: '2025-11-02' },
    { payment_period_end: '2025-11-08' },
  ])('cannot be combined with %j', async (more) => {
    const [field = ''] = Object.keys(more);
    const problem = expectProblem(await post(['DL-2025-0001-INST-01'], more), 400, 'VALIDATION_FAILED');
    expect(problem.errors).toEqual([{ field, message: `${field} cannot be combined with installment_ids.` }]);
  });

  it.each([
    ['nothing', []],
    ['null', null],
    ['a text', 'DL-2025-0001-INST-01'],
    ['a number', [1]],
    ['an empty text', ['']],
    ['one installment twice', ['A', 'A']],
    ['more than 1,000', Array.from({ length: 1001 }, (_, index) => `I-${index}`)],
  ])('rejects %s', async (_, ids) => {
    const problem = expectFieldErrors(await post(ids), 'installment_ids');
    expect(problem.errors?.[0]?.message).toBe(
      'installment_ids must be a list of 1 to 1,000 different texts of 1 to 40 characters',
    );
  });

  it('accepts a thousand installments', async () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => `I-${index}`);
    const problem = expectProblem(await post(thousand), 400, 'INSTALLMENT_UNKNOWN');
    expect(problem.errors).toHaveLength(1000);
  });
});
