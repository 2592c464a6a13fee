import type { PostingResultResponse } from '../../src/modules/loans/posting-runs/posting-result.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aLoan, makeDraft } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const WEDNESDAY = '2025-10-29T09:00:00-04:00';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ now: WEDNESDAY });
});
afterAll(() => app.close());
beforeEach(() => app.clock.set(WEDNESDAY));

const post = (body?: object): Promise<ApiAnswer<PostingResultResponse>> =>
  app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', body);

const changeTo: Readonly<Record<string, (loanId: string) => Promise<unknown>>> = {
  DRAFT: (loanId) => makeDraft(app, loanId),
  ON_HOLD: (loanId) =>
    app.as('FINANCE').put(`/loans/${loanId}/status`, { status: 'ON_HOLD', reason: 'Leave' }),
  CANCELLED: (loanId) =>
    app.as('FINANCE').put(`/loans/${loanId}/status`, { status: 'CANCELLED', reason: 'Mistake' }),
  CLOSED: async (loanId) => {
    await post({ loan_id: loanId });
    await app.as('ADMIN').post(`/loans/${loanId}/write-off`, { reason: 'Left the country' });
  },
};

describe('the dry run of a posting', () => {
  it('accepts the next week before it begins, and returns what the run on Sunday will post', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '300.00', interest_rate: '10.00' });
    await post({});
    app.clock.set('2025-10-31T09:00:00-04:00');
    const coming = { loan_id, payment_period_start: '2025-11-02' };
    const before = await dumpLedgerTables(app.db);
    const dry = (await post({ ...coming, dry_run: true })).body;
    expect(dry).toMatchObject({
      success: true,
      message: 'Would post 1/1 installments',
      period_start: '2025-11-02',
      period_end: '2025-11-08',
      total_amount_posted: '100.38',
    });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    expectProblem(await post(coming), 400, 'POSTING_WEEK_NOT_BEGUN');
    const later = { payment_period_start: '2025-11-09', dry_run: true };
    expectProblem(await post(later), 400, 'POSTING_WEEK_NOT_BEGUN');
    app.clock.set('2025-11-02T09:00:00-05:00');
    expect((await post(coming)).body).toMatchObject({ total_amount_posted: dry.total_amount_posted });
  });
});

describe('a posting run for one loan', () => {
  it.each([
    ['DRAFT', 'Approve it first.'],
    ['ON_HOLD', 'Resume it first.'],
    ['CANCELLED', 'It has nothing left to post.'],
    ['CLOSED', 'It has nothing left to post.'],
  ])('fails for a loan that is %s: %s', async (status, advice) => {
    const { loan_id } = await aLoan(app);
    await changeTo[status]?.(loan_id);
    const message = `Only an active loan can be posted (${loan_id} is ${status}). ${advice}`;
    const errors = [{ installment_id: null, code: 'LOAN_NOT_ACTIVE', message }];
    for (const dry_run of [true, false]) {
      const { body } = await post({ loan_id, dry_run });
      expect(body).toMatchObject({
        success: false,
        message: `${dry_run ? 'Would post' : 'Posted'} 0/0 installments. ${message}`,
        installments_processed: 0,
        errors,
      });
      const run = await app.as('MANAGER').get(`/loans/posting-runs/${body.run_id}`);
      expect(run.body).toMatchObject({ status: 'COMPLETED', success: false, installments_failed: 0, errors });
    }
  });

  it('succeeds with a message for an active loan without due installments', async () => {
    const { loan_id } = await aLoan(app, { start_week: '2025-11-02' });
    expect((await post({ loan_id })).body).toMatchObject({
      success: true,
      message: `Posted 0/0 installments. ${loan_id} has nothing to post in this period.`,
      errors: null,
    });
  });
});
