import type { LoanHistoryResponse } from '../../src/modules/loans/http/loan-history.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import type { ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectFieldsRefused, expectRefusal } from '../support/refusal.js';
import { dumpBooks } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const NOW = '2025-10-29T09:00:00-04:00';

let app: TestApp;
let finance: ApiClient;
let admin: ApiClient;
let [clerk, approver] = [0, 0];

const idOf = async (client: ApiClient): Promise<number> =>
  (await client.get<{ id: number }>('/auth/me')).body.id;

beforeAll(async () => {
  app = await startTestApp({ now: NOW, env: { LOAN_APPROVAL_REQUIRED: 'true' } });
  [finance, admin] = [app.as('FINANCE'), app.as('ADMIN')];
  [clerk, approver] = [await idOf(finance), await idOf(admin)];
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(NOW));

const approve = (loanId: string, body?: object, by = admin) =>
  by.post<LoanDetailResponse>(`/loans/${loanId}/approve`, body);
const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;
const setStatus = (loanId: string, body: object) =>
  finance.put<LoanDetailResponse>(`/loans/${loanId}/status`, body);
const wholeHistoryOf = async (loanId: string) =>
  (await finance.get<LoanHistoryResponse>(`/loans/${loanId}/history`)).body.items;
const historyOf = async (loanId: string) =>
  (await wholeHistoryOf(loanId)).filter(({ kind }) => kind === 'STATUS');

describe('an approval', () => {
  it.each([[undefined], [{}]])('by a colleague makes a draft a loan, with the body %j', async (body) => {
    const draft = await aLoan(app);
    const answer = await approve(draft.loan_id, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...draft,
      status: 'ACTIVE',
      approved_by: approver,
      approved_on: new Date(NOW).toISOString(),
      installments: draft.installments,
    });
    expect(await get(draft.loan_id)).toEqual(answer.body);
  });

  it('keeps the reason that it is given, and is plainly approved without one', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id, { reason: '  Income proved by two pay slips ' });
    expect((await historyOf(loan_id)).at(-1)).toMatchObject({
      to: 'ACTIVE',
      by: approver,
      reason: 'Income proved by two pay slips',
    });
    for (const reason of [null, '', ' ', 7, 'x'.repeat(256)]) {
      expectFieldsRefused(await approve((await aLoan(app)).loan_id, { reason }), 'reason');
    }
  });

  it('lets the loan be posted', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id);
    const run = await finance.post('/loans/installments/post', { loan_id });
    expect(run.body).toMatchObject({ installments_posted: 1 });
  });

  it('as a dry run answers the loan as it would be, and writes nothing', async () => {
    const { loan_id } = await aLoan(app);
    const before = await dumpBooks(app.db);
    const dry = await approve(loan_id, { dry_run: true });
    expect(await dumpBooks(app.db)).toEqual(before);
    expect((await approve(loan_id)).body).toEqual(dry.body);
  });

  it('is refused to the creator', async () => {
    const { loan_id } = await aLoan(app);
    expectRefusal(await approve(loan_id, {}, finance), 409, 'APPROVAL_BY_CREATOR');
    expect((await get(loan_id)).status).toBe('DRAFT');
  });

  it('is refused a second time, and for what was cancelled', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id);
    expectRefusal(await approve(loan_id), 409, 'LOAN_NOT_A_DRAFT');
    const cancelled = await aLoan(app);
    await setStatus(cancelled.loan_id, { status: 'CANCELLED', reason: 'Not needed' });
    expectRefusal(await approve(cancelled.loan_id), 409, 'LOAN_NOT_A_DRAFT');
  });

  it('is refused once the first week has passed', async () => {
    const { loan_id } = await aLoan(app);
    app.clock.set('2025-11-02T00:00:00-05:00');
    expect(expectRefusal(await approve(loan_id), 409, 'START_WEEK_PASSED').detail).toBe(
      `The first week of ${loan_id}, 2025-10-26, lies before the current one, 2025-11-02; cancel it and create it anew.`,
    );
  });

  it('is refused where driver or lease are no longer active', async () => {
    const loan = await aLoan(app);
    await app.db.query(`UPDATE leases SET status = 'TERMINATED' WHERE id = $1`, [loan.lease_id]);
    expectRefusal(await approve(loan.loan_id), 400, 'LEASE_NOT_ACTIVE');
    await app.db.query(`UPDATE drivers SET status = 'SUSPENDED' WHERE id = $1`, [loan.driver_id]);
    expectRefusal(await approve(loan.loan_id), 400, 'DRIVER_NOT_ACTIVE');
  });

  it('is refused for no loan, with another body, and to somebody who may only look', async () => {
    const { loan_id } = await aLoan(app);
    expectRefusal(await approve('DL-2025-9999'), 404, 'LOAN_NOT_FOUND');
    expectFieldsRefused(await approve(loan_id, { dry_run: 1 }), 'dry_run');
    expectFieldsRefused(await approve(loan_id, { approved_by: 1 }), 'approved_by');
    expectRefusal(await approve(loan_id, {}, app.as('MANAGER')), 403, 'PERMISSION_MISSING');
  });

  it('of two at once happens once', async () => {
    const { loan_id } = await aLoan(app);
    const answers = await Promise.all([approve(loan_id), approve(loan_id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await historyOf(loan_id)).toHaveLength(2);
  });
});

describe('the history of a loan', () => {
  it('tells each step with its time, person and reason, the oldest first', async () => {
    const { loan_id } = await aLoan(app);
    app.clock.advanceDays(1);
    await approve(loan_id);
    app.clock.advanceDays(1);
    await setStatus(loan_id, { status: 'ON_HOLD', reason: 'Leave' });
    expect(await historyOf(loan_id)).toEqual([
      {
        at: '2025-10-29T13:00:00.000Z',
        kind: 'STATUS',
        by: clerk,
        from: null,
        to: 'DRAFT',
        reason: 'Created',
      },
      {
        at: '2025-10-30T13:00:00.000Z',
        kind: 'STATUS',
        by: approver,
        from: 'DRAFT',
        to: 'ACTIVE',
        reason: 'Approved',
      },
      {
        at: '2025-10-31T13:00:00.000Z',
        kind: 'STATUS',
        by: clerk,
        from: 'ACTIVE',
        to: 'ON_HOLD',
        reason: 'Leave',
      },
    ]);
  });

  it('tells between the steps what was done to the loan, before and after', async () => {
    const { loan_id } = await aLoan(app);
    app.clock.advanceDays(1);
    await finance.patch(`/loans/${loan_id}`, { purpose: 'Rent' });
    const told = await wholeHistoryOf(loan_id);
    expect(told.map(({ kind, action, to }) => [kind, action ?? to])).toEqual([
      ['STATUS', 'DRAFT'],
      ['AUDIT', 'loan.create'],
      ['AUDIT', 'loan.edit'],
    ]);
    expect(told.at(-1)).toMatchObject({ by: clerk, before: { purpose: null }, after: { purpose: 'Rent' } });
  });

  it('is not found for a loan that is not there, and shown to whoever may look', async () => {
    expectRefusal(await finance.get('/loans/DL-2025-9999/history'), 404, 'LOAN_NOT_FOUND');
    const { loan_id } = await aLoan(app);
    expect((await app.as('MANAGER').get(`/loans/${loan_id}/history`)).status).toBe(200);
  });
});

describe('a change of status as a dry run', () => {
  it.each([
    ['a hold', [], { status: 'ON_HOLD', reason: 'Leave' }],
    ['a resume', ['ON_HOLD'], { status: 'ACTIVE', reason: 'Back', resume_week: '2025-11-30' }],
    ['a cancellation', [], { status: 'CANCELLED', reason: 'Mistake' }],
  ])('answers the loan as %s would make it, and writes nothing', async (_, steps, change) => {
    const { loan_id } = await aLoan(app, { interest_rate: '10.00' });
    await approve(loan_id);
    for (const status of steps) await setStatus(loan_id, { status, reason: 'First' });
    const before = await dumpBooks(app.db);
    const dry = await setStatus(loan_id, { ...change, dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { status: change.status } });
    expect(await dumpBooks(app.db)).toEqual(before);
    const real = await setStatus(loan_id, { ...change, dry_run: false });
    expect(real.body).toEqual(dry.body);
  });

  it('is refused as the real one is', async () => {
    const { loan_id } = await aLoan(app);
    const change = { status: 'ON_HOLD', reason: 'Leave', dry_run: true };
    expectRefusal(await setStatus(loan_id, change), 409, 'LOAN_TRANSITION_FORBIDDEN');
    expectFieldsRefused(await setStatus(loan_id, { ...change, dry_run: null }), 'dry_run');
  });
});
