import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aUser, bearer, signIn } from '../support/users.js';
import { asDryRun } from '../support/as-dry-run.js';
import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import {
  NOW,
  app,
  finance,
  admin,
  approver,
  approve,
  setStatus,
  historyOf,
  useLoanApprovals,
} from './support/loan-approval-fixture.js';

useLoanApprovals();

const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

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
      expectFieldErrors(await approve((await aLoan(app)).loan_id, { reason }), 'reason');
    }
  });

  it('makes the loan postable', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id);
    const run = await finance.post('/loans/installments/post', { loan_id });
    expect(run.body).toMatchObject({ installments_posted: 1 });
  });

  it('returns the resulting loan in a dry run, and writes nothing', async () => {
    const { loan_id } = await aLoan(app);
    const before = await dumpLedgerTables(app.db);
    const dry = await approve(loan_id, { dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    expect(dry.body).toEqual(asDryRun((await approve(loan_id)).body));
  });

  it('is denied to the creator', async () => {
    const { loan_id } = await aLoan(app);
    expectProblem(await approve(loan_id, {}, finance), 409, 'APPROVAL_BY_CREATOR');
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
      expectProblem(answer, 409, 'APPROVER_NOT_INDEPENDENT');
    });

    it('is denied for 30 days to a user whose password the creator reset', async () => {
      const { id, email } = await aUser(app, 'FINANCE');
      expect((await admin.post(`/users/${id}/password`, { password: PASSPHRASE })).status).toBe(200);
      const loanId = await draftOf(approver);
      expectProblem(await approveAs(email, loanId), 409, 'APPROVER_NOT_INDEPENDENT');
      app.clock.advanceDays(30);
      const { access } = await signIn(app, email, NEXT_PASSPHRASE);
      expect((await app.anonymous.post(`/loans/${loanId}/approve`, {}, bearer(access))).status).toBe(200);
    });

    it('is denied to an administrator who reset the password of the creator', async () => {
      const { id } = await aUser(app, 'FINANCE');
      const loanId = await draftOf(id);
      await admin.post(`/users/${id}/password`, { password: PASSPHRASE });
      expectProblem(await approve(loanId), 409, 'APPROVER_NOT_INDEPENDENT');
    });
  });

  it('is rejected for an approved and for a cancelled loan', async () => {
    const { loan_id } = await aLoan(app);
    await approve(loan_id);
    expectProblem(await approve(loan_id), 409, 'LOAN_NOT_A_DRAFT');
    const cancelled = await aLoan(app);
    await setStatus(cancelled.loan_id, { status: 'CANCELLED', reason: 'Not needed' });
    expectProblem(await approve(cancelled.loan_id), 409, 'LOAN_NOT_A_DRAFT');
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
      expectProblem(await approve(third.loan_id, { start_week }), 400, code);
    }
    expectFieldErrors(await approve(third.loan_id, { start_week: 'soon' }), 'start_week');
  });

  it('is rejected when the lease or the driver is no longer active', async () => {
    const loan = await aLoan(app);
    await app.db.query(`UPDATE leases SET status = 'TERMINATED' WHERE id = $1`, [loan.lease_id]);
    expectProblem(await approve(loan.loan_id), 400, 'LEASE_NOT_ACTIVE');
    await app.db.query(`UPDATE drivers SET status = 'SUSPENDED' WHERE id = $1`, [loan.driver_id]);
    expectProblem(await approve(loan.loan_id), 400, 'DRIVER_NOT_ACTIVE');
  });

  it('is rejected for an unknown loan, an invalid body and a manager', async () => {
    const { loan_id } = await aLoan(app);
    expectProblem(await approve('DL-2025-9999'), 404, 'LOAN_NOT_FOUND');
    expectFieldErrors(await approve(loan_id, { dry_run: 1 }), 'dry_run');
    expectFieldErrors(await approve(loan_id, { approved_by: 1 }), 'approved_by');
    expectProblem(await approve(loan_id, {}, app.as('MANAGER')), 403, 'PERMISSION_MISSING');
  });

  it('is accepted once of two simultaneous requests', async () => {
    const { loan_id } = await aLoan(app);
    const answers = await Promise.all([approve(loan_id), approve(loan_id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await historyOf(loan_id)).toHaveLength(2);
  });
});
