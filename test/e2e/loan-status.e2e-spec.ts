import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import {
  LOAN_DATE,
  LATER,
  app,
  finance,
  clerk,
  setStatus,
  changed,
  get,
  post,
  pay,
  exampleLoan,
  heldLoan,
  useLoanStatusChanges,
} from './support/loan-status-fixture.js';

useLoanStatusChanges();

const historyOf = (loanId: string): Promise<object[]> =>
  app.db.query(
    `SELECT from_status, to_status, reason, changed_by, changed_at FROM loan_status_changes
     WHERE loan_id = $1 ORDER BY id`,
    [loanId],
  );

describe('the hold of a loan', () => {
  it('leaves the installments unchanged and prevents their posting', async () => {
    const { loan_id, installments } = await exampleLoan();
    const held = await changed(loan_id, 'ON_HOLD');
    expect(held.installments).toEqual(installments);
    app.clock.set(LATER);
    const run = await finance.post('/loans/installments/post', {
      loan_id,
      payment_period_start: '2025-11-02',
    });
    expect(run.body).toMatchObject({ success: false, installments_processed: 0 });
    expect((await get(loan_id)).installments.every(({ posted_to_ledger }) => !posted_to_ledger)).toBe(true);
  });

  it('is recorded with reason, user and time, like every later status change', async () => {
    const { loan_id } = await heldLoan();
    await changed(loan_id, 'ACTIVE', { reason: '  Driver is back  ' });
    const before = { changed_by: clerk, changed_at: new Date('2025-11-05T14:00:00Z') };
    expect(await historyOf(loan_id)).toEqual([
      {
        from_status: null,
        to_status: 'ACTIVE',
        reason: 'Created',
        changed_by: clerk,
        changed_at: new Date(LOAN_DATE),
      },
      { from_status: 'ACTIVE', to_status: 'ON_HOLD', reason: 'To ON_HOLD', ...before },
      {
        from_status: 'ON_HOLD',
        to_status: 'ACTIVE',
        reason: 'Driver is back',
        changed_by: clerk,
        changed_at: new Date(LATER),
      },
    ]);
  });
});

describe('the cancellation of a loan', () => {
  it.each([[[]], [['ON_HOLD']]])('skips its installments if none is posted, after %j', async (steps) => {
    const { loan_id } = await exampleLoan();
    for (const step of steps) await changed(loan_id, step);
    const cancelled = await changed(loan_id, 'CANCELLED');
    expect(cancelled).toMatchObject({ next_due_date: null, total_installments: 0, pending_installments: 0 });
    expect(cancelled.installments.map(({ status }) => status)).toEqual(Array<string>(6).fill('SKIPPED'));
    expect((await finance.get(`/loans/installments/unposted?loan_id=${loan_id}`)).body).toMatchObject({
      total: 0,
    });
    app.clock.set(LATER);
    const run = await finance.post('/loans/installments/post', {
      loan_id,
      payment_period_start: '2025-11-02',
    });
    expect(run.body).toMatchObject({ installments_processed: 0 });
  });

  it('is rejected while an installment is posted, paid or not', async () => {
    const loan = await heldLoan();
    const refuse = async (): Promise<void> => {
      const answer = await setStatus(loan.loan_id, { status: 'CANCELLED', reason: 'Mistake' });
      expect(expectProblem(answer, 409, 'LOAN_HAS_POSTED_INSTALLMENTS').detail).toBe(
        `${loan.loan_id} cannot be cancelled while it has posted installments (1).`,
      );
    };
    await refuse();
    await pay(loan, '254.11');
    await refuse();
    expect(await get(loan.loan_id)).toMatchObject({ status: 'ON_HOLD', paid_installments: 1 });
  });
});

describe('an invalid status change', () => {
  const reach: Record<string, () => Promise<string>> = {
    ACTIVE: async () => (await exampleLoan()).loan_id,
    ON_HOLD: async () => (await heldLoan()).loan_id,
    CANCELLED: async () => (await changed((await exampleLoan()).loan_id, 'CANCELLED')).loan_id,
    CLOSED: async () => {
      const loan = await aLoan(app, { loan_amount: '100.00' });
      await post(loan.loan_id, '2025-10-26');
      await pay(loan, '100.00');
      expect(await get(loan.loan_id)).toMatchObject({ status: 'CLOSED' });
      return loan.loan_id;
    },
  };
  const refused =
    (advice: string) =>
    (from: string, to: string): string =>
      `A loan cannot change from ${from} to ${to}. ${advice}`;
  const fromActive = refused('It can change to ON_HOLD or CLOSED or CANCELLED.');
  const fromHold = refused('It can change to ACTIVE or CANCELLED.');
  const fromClosed = refused('CLOSED is a final status.');
  const fromCancelled = refused('CANCELLED is a final status.');
  const closing = (): string =>
    'A loan cannot be set from ACTIVE to CLOSED: a loan closes automatically when everything is paid.';

  it.each([
    ['ACTIVE', 'DRAFT', fromActive],
    ['ACTIVE', 'ACTIVE', fromActive],
    ['ACTIVE', 'CLOSED', closing],
    ['ON_HOLD', 'DRAFT', fromHold],
    ['ON_HOLD', 'ON_HOLD', fromHold],
    ['ON_HOLD', 'CLOSED', fromHold],
    ...['DRAFT', 'ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED'].flatMap((to) => [
      ['CLOSED', to, fromClosed] as const,
      ['CANCELLED', to, fromCancelled] as const,
    ]),
  ] as const)('is rejected: %s to %s', async (from, to, sentence) => {
    const loanId = await (reach[from] as () => Promise<string>)();
    const [before, history] = [await get(loanId), await historyOf(loanId)];
    const problem = expectProblem(
      await setStatus(loanId, { status: to, reason: 'Try' }),
      409,
      'LOAN_TRANSITION_FORBIDDEN',
    );
    expect(problem.detail).toBe(sentence(from, to));
    expect(await get(loanId)).toEqual(before);
    expect(await historyOf(loanId)).toEqual(history);
  });

  it.each([
    ['reason', 'left out', { status: 'ON_HOLD' }],
    ['reason', 'blank', { status: 'ON_HOLD', reason: ' \t ' }],
    ['reason', 'too long', { status: 'ON_HOLD', reason: 'x'.repeat(256) }],
    ['reason', 'a number', { status: 'ON_HOLD', reason: 5 }],
    ['reason', 'a NUL', { status: 'ON_HOLD', reason: 'a\u0000' }],
    ['status', 'left out', { reason: 'Leave' }],
    ['status', 'unknown', { status: 'PAUSED', reason: 'Leave' }],
    ['status', 'a list', { status: ['ON_HOLD'], reason: 'Leave' }],
    ['resume_week', 'no date', { status: 'ACTIVE', reason: 'Back', resume_week: '2025-02-30' }],
    ['waive_interest', 'a text', { status: 'ACTIVE', reason: 'Back', waive_interest: 'true' }],
    ['waive_interest', 'null', { status: 'ACTIVE', reason: 'Back', waive_interest: null }],
    ['closed_on', 'not a field', { status: 'ON_HOLD', reason: 'Leave', closed_on: '2025-11-01' }],
  ])('is rejected with its %s %s', async (field, _, body) => {
    const { loan_id } = await exampleLoan();
    expectFieldErrors(await setStatus(loan_id, body), field);
  });

  it('is rejected with a resume week or a waiver for any status but ACTIVE', async () => {
    const { loan_id } = await exampleLoan();
    for (const more of [{ resume_week: '2025-11-23' }, { waive_interest: true }]) {
      const answer = await setStatus(loan_id, { status: 'ON_HOLD', reason: 'Leave', ...more });
      expect(expectProblem(answer, 400, 'VALIDATION_FAILED').detail).toBe(
        'Send resume_week and waive_interest only with the status ACTIVE.',
      );
    }
  });

  it('is rejected for an unknown loan', async () => {
    expectProblem(await setStatus('DL-2025-9999', { status: 'ON_HOLD', reason: 'x' }), 404, 'LOAN_NOT_FOUND');
  });
});

describe('a new loan that needs an approval', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await startTestApp({ now: LOAN_DATE, env: { LOAN_APPROVAL_REQUIRED: 'true' } });
  });
  afterAll(() => strict.close());

  it('is a draft with its complete schedule, and is not posted', async () => {
    const draft = await aLoan(strict, { loan_amount: '500.00' });
    expect(draft).toMatchObject({
      status: 'DRAFT',
      approved_by: null,
      approved_on: null,
      total_installments: 5,
    });
    const clerkOf = strict.as('FINANCE');
    expect((await clerkOf.post('/loans/installments/post', {})).body).toMatchObject({
      installments_processed: 0,
    });
    expect((await clerkOf.get('/loans/installments/unposted')).body).toMatchObject({ total: 0 });
    expect((await clerkOf.get('/loans/statistics/summary')).body).toMatchObject({
      draft_loans: 1,
      total_amount_disbursed: '0.00',
    });
  });

  it.each([
    [
      'ACTIVE',
      'A loan cannot be set from DRAFT to ACTIVE: a draft becomes active when a colleague approves it.',
    ],
    ['ON_HOLD', 'A loan cannot change from DRAFT to ON_HOLD. It can change to ACTIVE or CANCELLED.'],
    ['CLOSED', 'A loan cannot change from DRAFT to CLOSED. It can change to ACTIVE or CANCELLED.'],
  ])('cannot be set to %s', async (status, sentence) => {
    const { loan_id } = await aLoan(strict);
    const answer = await strict.as('FINANCE').put(`/loans/${loan_id}/status`, { status, reason: 'Try' });
    expect(expectProblem(answer, 409, 'LOAN_TRANSITION_FORBIDDEN').detail).toBe(sentence);
  });

  it('can be cancelled', async () => {
    const { loan_id } = await aLoan(strict);
    const body = { status: 'CANCELLED', reason: 'Not needed' };
    const answer = await strict.as('FINANCE').put(`/loans/${loan_id}/status`, body);
    expect(answer).toMatchObject({ status: 200, body: { status: 'CANCELLED', next_due_date: null } });
  });
});
