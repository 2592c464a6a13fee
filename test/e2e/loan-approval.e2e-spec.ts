import type { LoanHistoryResponse } from '../../src/modules/loans/http/loan-history.response.js';
import type { ChangedLoanResponse, LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import type { ApiClient } from '../support/api-client.js';
import { anAccount, bearer, signIn } from '../support/accounts.js';
import { asDryRun } from '../support/as-dry-run.js';
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
  by.post<ChangedLoanResponse>(`/loans/${loanId}/approve`, body);
const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;
const setStatus = (loanId: string, body: object) =>
  finance.put<LoanDetailResponse>(`/loans/${loanId}/status`, body);
const wholeHistoryOf = async (loanId: string) =>
  (await finance.get<LoanHistoryResponse>(`/loans/${loanId}/history`)).body.items;
const historyOf = async (loanId: string) =>
  (await wholeHistoryOf(loanId)).filter(({ kind }) => kind === 'STATUS');

describe('an approval', () => {
  it.each([[undefined], [{}]])('activates the draft of a colleague, with the body %j', async (body) => {
    const draft = await aLoan(app);
    const answer = await approve(draft.loan_id, body);
    expect(answer.status).toBe(200);
    const { dry_run, ...loan } = answer.body;
    expect(dry_run).toBe(false);
    expect(loan).toEqual({
      ...draft,
      status: 'ACTIVE',
      outstanding_balance: draft.loan_amount,
      approved_by: approver,
      approved_on: new Date(NOW).toISOString(),
      schedule_version: 1,
      installments: draft.installments,
    });
    expect(draft.schedule_version).toBe(0);
    expect(await get(draft.loan_id)).toEqual(loan);
  });

  it('records an optional reason', async () => {
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

  it('makes the loan postable', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id);
    const run = await finance.post('/loans/installments/post', { loan_id });
    expect(run.body).toMatchObject({ installments_posted: 1 });
  });

  it('answers the resulting loan in a dry run, and writes nothing', async () => {
    const { loan_id } = await aLoan(app);
    const before = await dumpBooks(app.db);
    const dry = await approve(loan_id, { dry_run: true });
    expect(await dumpBooks(app.db)).toEqual(before);
    expect(dry.body).toEqual(asDryRun((await approve(loan_id)).body));
  });

  it('is denied to the creator', async () => {
    const { loan_id } = await aLoan(app);
    expectRefusal(await approve(loan_id, {}, finance), 409, 'APPROVAL_BY_CREATOR');
    expect((await get(loan_id)).status).toBe('DRAFT');
  });

  describe('by a possible second account of the creator', () => {
    const PASSPHRASE = 'a passphrase of the tests';
    const NEXT_PASSPHRASE = 'another passphrase of the tests';

    /** Signs in with a password chosen by another user, changes it, and approves. */
    async function approveAs(email: string, loanId: string) {
      const { access } = await signIn(app, email, PASSPHRASE);
      const passwords = { current_password: PASSPHRASE, new_password: NEXT_PASSPHRASE };
      expect((await app.anonymous.post('/auth/password', passwords, bearer(access))).status).toBe(200);
      return app.anonymous.post(`/loans/${loanId}/approve`, {}, bearer(access));
    }

    async function draftOf(creator: number): Promise<string> {
      const { loan_id } = await aLoan(app);
      await app.db.query('UPDATE driver_loans SET created_by = $2 WHERE loan_id = $1', [loan_id, creator]);
      return loan_id;
    }

    it('is denied to a user that the creator added', async () => {
      const email = 'second.self@example.com';
      const user = { email, name: 'Second Self', roles: ['FINANCE'], password: PASSPHRASE };
      expect((await admin.post('/users', user)).status).toBe(201);
      app.clock.advanceDays(31);
      const answer = await approveAs(email, await draftOf(approver));
      expectRefusal(answer, 409, 'APPROVER_NOT_INDEPENDENT');
    });

    it('is denied for 30 days to a user whose password the creator reset', async () => {
      const { id, email } = await anAccount(app, 'FINANCE');
      expect((await admin.post(`/users/${id}/password`, { password: PASSPHRASE })).status).toBe(200);
      const loanId = await draftOf(approver);
      expectRefusal(await approveAs(email, loanId), 409, 'APPROVER_NOT_INDEPENDENT');
      app.clock.advanceDays(30);
      const { access } = await signIn(app, email, NEXT_PASSPHRASE);
      expect((await app.anonymous.post(`/loans/${loanId}/approve`, {}, bearer(access))).status).toBe(200);
    });

    it('is denied to an administrator who reset the password of the creator', async () => {
      const { id } = await anAccount(app, 'FINANCE');
      const loanId = await draftOf(id);
      await admin.post(`/users/${id}/password`, { password: PASSPHRASE });
      expectRefusal(await approve(loanId), 409, 'APPROVER_NOT_INDEPENDENT');
    });
  });

  it('is rejected for an approved and for a cancelled loan', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id);
    expectRefusal(await approve(loan_id), 409, 'LOAN_NOT_A_DRAFT');
    const cancelled = await aLoan(app);
    await setStatus(cancelled.loan_id, { status: 'CANCELLED', reason: 'Not needed' });
    expectRefusal(await approve(cancelled.loan_id), 409, 'LOAN_NOT_A_DRAFT');
  });

  it('makes its own day the loan date, from which interest accrues', async () => {
    const terms = { loan_amount: '1500.00', interest_rate: '20.00', start_week: '2025-11-30' };
    const draft = await aLoan(app, terms);
    expect(draft.installments[0]).toMatchObject({ interest_amount: '31.23', interest_basis: { days: 38 } });
    app.clock.set('2025-11-28T09:00:00-05:00');
    const { body } = await approve(draft.loan_id);
    expect(body).toMatchObject({
      loan_date: '2025-11-28',
      interest_accrued_through: '2025-11-28',
      start_week: '2025-11-30',
      end_week: draft.end_week,
    });
    expect(body.installments[0]).toMatchObject({
      interest_amount: '6.58',
      interest_basis: { from: '2025-11-28', to: '2025-12-06', days: 8 },
    });
    expect(body.installments.slice(1)).toEqual(draft.installments.slice(1));
  });

  it('moves a missed first week to the next payment week or to the requested one', async () => {
    const [first, second, third] = [await aLoan(app), await aLoan(app), await aLoan(app)];
    app.clock.set('2025-11-05T09:00:00-05:00');
    expect((await approve(first.loan_id)).body).toMatchObject({
      start_week: '2025-11-09',
      end_week: '2025-12-13',
      next_due_date: '2025-11-15',
    });
    expect((await approve(second.loan_id, { start_week: '2025-11-30' })).body).toMatchObject({
      start_week: '2025-11-30',
      end_week: '2026-01-03',
      installments: [
        expect.objectContaining({ due_date: '2025-12-06' }),
        ...Array<unknown>(4).fill(expect.anything()),
      ],
    });
    for (const [start_week, code] of [
      ['2025-11-12', 'START_WEEK_NOT_SUNDAY'],
      ['2025-10-26', 'START_WEEK_OUT_OF_RANGE'],
      ['2026-11-08', 'START_WEEK_OUT_OF_RANGE'],
    ] as const) {
      expectRefusal(await approve(third.loan_id, { start_week }), 400, code);
    }
    expectFieldsRefused(await approve(third.loan_id, { start_week: 'soon' }), 'start_week');
  });

  it('is rejected when the lease or the driver is no longer active', async () => {
    const loan = await aLoan(app);
    await app.db.query(`UPDATE leases SET status = 'TERMINATED' WHERE id = $1`, [loan.lease_id]);
    expectRefusal(await approve(loan.loan_id), 400, 'LEASE_NOT_ACTIVE');
    await app.db.query(`UPDATE drivers SET status = 'SUSPENDED' WHERE id = $1`, [loan.driver_id]);
    expectRefusal(await approve(loan.loan_id), 400, 'DRIVER_NOT_ACTIVE');
  });

  it('is rejected for an unknown loan, an invalid body and a manager', async () => {
    const { loan_id } = await aLoan(app);
    expectRefusal(await approve('DL-2025-9999'), 404, 'LOAN_NOT_FOUND');
    expectFieldsRefused(await approve(loan_id, { dry_run: 1 }), 'dry_run');
    expectFieldsRefused(await approve(loan_id, { approved_by: 1 }), 'approved_by');
    expectRefusal(await approve(loan_id, {}, app.as('MANAGER')), 403, 'PERMISSION_MISSING');
  });

  it('is accepted once of two simultaneous requests', async () => {
    const { loan_id } = await aLoan(app);
    const answers = await Promise.all([approve(loan_id), approve(loan_id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await historyOf(loan_id)).toHaveLength(2);
  });
});

describe('the history of a loan', () => {
  it('contains each status change with its time, user and reason, oldest first', async () => {
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

  it('contains other changes of the loan with old and new values', async () => {
    const { loan_id } = await aLoan(app);
    app.clock.advanceDays(1);
    await finance.patch(`/loans/${loan_id}`, { purpose: 'Rent' });
    const history = await wholeHistoryOf(loan_id);
    expect(history.map(({ kind, action, to }) => [kind, action ?? to])).toEqual([
      ['STATUS', 'DRAFT'],
      ['AUDIT', 'loan.create'],
      ['AUDIT', 'loan.edit'],
    ]);
    expect(history.at(-1)).toMatchObject({
      by: clerk,
      before: { purpose: null },
      after: { purpose: 'Rent' },
    });
  });

  it('is answered 404 for an unknown loan, and shown to a manager', async () => {
    expectRefusal(await finance.get('/loans/DL-2025-9999/history'), 404, 'LOAN_NOT_FOUND');
    const { loan_id } = await aLoan(app);
    expect((await app.as('MANAGER').get(`/loans/${loan_id}/history`)).status).toBe(200);
  });
});

describe('the dry run of a status change', () => {
  it.each([
    ['a hold', [], { status: 'ON_HOLD', reason: 'Leave' }],
    ['a resume', ['ON_HOLD'], { status: 'ACTIVE', reason: 'Back', resume_week: '2025-11-30' }],
    ['a cancellation', [], { status: 'CANCELLED', reason: 'Mistake' }],
  ])('answers the loan after %s, and writes nothing', async (_, steps, change) => {
    const { loan_id } = await aLoan(app, { interest_rate: '10.00' });
    await approve(loan_id);
    for (const status of steps) await setStatus(loan_id, { status, reason: 'First' });
    const before = await dumpBooks(app.db);
    const dry = await setStatus(loan_id, { ...change, dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { status: change.status } });
    expect(await dumpBooks(app.db)).toEqual(before);
    const real = await setStatus(loan_id, { ...change, dry_run: false });
    expect(dry.body).toEqual(asDryRun(real.body));
  });

  it('is rejected like the real change', async () => {
    const { loan_id } = await aLoan(app);
    const change = { status: 'ON_HOLD', reason: 'Leave', dry_run: true };
    expectRefusal(await setStatus(loan_id, change), 409, 'LOAN_TRANSITION_FORBIDDEN');
    expectFieldsRefused(await setStatus(loan_id, { ...change, dry_run: null }), 'dry_run');
  });
});
