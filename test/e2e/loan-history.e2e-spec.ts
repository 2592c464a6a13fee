import { asDryRun } from '../support/as-dry-run.js';
import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import {
  app,
  finance,
  clerk,
  approver,
  approve,
  setStatus,
  wholeHistoryOf,
  historyOf,
  useLoanApprovals,
} from './support/loan-approval-fixture.js';

useLoanApprovals();

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

  it('returns 404 for an unknown loan, and is shown to a manager', async () => {
    expectProblem(await finance.get('/loans/DL-2025-9999/history'), 404, 'LOAN_NOT_FOUND');
    const { loan_id } = await aLoan(app);
    expect((await app.as('MANAGER').get(`/loans/${loan_id}/history`)).status).toBe(200);
  });
});

describe('the dry run of a status change', () => {
  it.each([
    ['a hold', [], { status: 'ON_HOLD', reason: 'Leave' }],
    ['a resume', ['ON_HOLD'], { status: 'ACTIVE', reason: 'Back', resume_week: '2025-11-30' }],
    ['a cancellation', [], { status: 'CANCELLED', reason: 'Mistake' }],
  ])('returns the loan after %s, and writes nothing', async (_, steps, change) => {
    const { loan_id } = await aLoan(app, { interest_rate: '10.00' });
    await approve(loan_id);
    for (const status of steps) await setStatus(loan_id, { status, reason: 'First' });
    const before = await dumpLedgerTables(app.db);
    const dry = await setStatus(loan_id, { ...change, dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { status: change.status } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    const real = await setStatus(loan_id, { ...change, dry_run: false });
    expect(dry.body).toEqual(asDryRun(real.body));
  });

  it('is rejected like the real change', async () => {
    const { loan_id } = await aLoan(app);
    const change = { status: 'ON_HOLD', reason: 'Leave', dry_run: true };
    expectProblem(await setStatus(loan_id, change), 409, 'LOAN_TRANSITION_FORBIDDEN');
    expectFieldErrors(await setStatus(loan_id, { ...change, dry_run: null }), 'dry_run');
  });
});
