import type { InstallmentResponse } from '../../src/modules/loans/http/installment.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectFieldsRefused, expectRefusal } from '../support/refusal.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const LENT = '2025-10-29T09:00:00-04:00';
/** A Wednesday eleven days after the first due date, in the payment week of 2025-11-16. */
const LATER = '2025-11-19T09:00:00-05:00';

let app: TestApp;
let finance: ApiClient;
let clerk: number;

beforeAll(async () => {
  app = await startTestApp({ now: LENT });
  finance = app.as('FINANCE');
  clerk = (await finance.get<{ id: number }>('/auth/me')).body.id;
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(LENT));

const setStatus = (loanId: string, body: object): Promise<ApiAnswer<LoanDetailResponse>> =>
  finance.put<LoanDetailResponse>(`/loans/${loanId}/status`, body);

const changed = async (loanId: string, status: string, more: object = {}): Promise<LoanDetailResponse> => {
  const answer = await setStatus(loanId, { status, reason: `To ${status}`, ...more });
  expect(answer.status).toBe(200);
  expect(answer.body.status).toBe(status);
  return answer.body;
};

const get = async (loanId: string): Promise<LoanDetailResponse> =>
  (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

const historyOf = (loanId: string): Promise<object[]> =>
  app.db.query(
    `SELECT from_status, to_status, reason, changed_by, changed_at FROM loan_status_changes
     WHERE loan_id = $1 ORDER BY id`,
    [loanId],
  );

const post = async (loanId: string, week: string): Promise<void> => {
  const answer = await finance.post('/loans/installments/post', {
    loan_id: loanId,
    payment_period_start: week,
  });
  expect(answer.body).toMatchObject({ success: true });
};

const pay = async (loan: LoanDetailResponse, amount: string): Promise<void> => {
  const answer = await finance.post('/ledger/payments', {
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount,
    payment_period_start: app.clock.currentWeek().start,
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan.loan_id}-${amount}`,
  });
  expect(answer.status).toBe(201);
};

/** The example of domain.md: six installments from 2025-11-02, the first due 2025-11-08. */
const exampleLoan = (): Promise<LoanDetailResponse> =>
  aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' });

/** The same loan with its first installment posted, then on hold; the clock is at LATER. */
const heldLoan = async (): Promise<LoanDetailResponse> => {
  const { loan_id } = await exampleLoan();
  app.clock.set('2025-11-05T09:00:00-05:00');
  await post(loan_id, '2025-11-02');
  await changed(loan_id, 'ON_HOLD');
  app.clock.set(LATER);
  return get(loan_id);
};

/** principal × rate/100 × days/365 in integers, rounded half up to cents: an independent implementation. */
const interestOf = (principalDollars: number, ratePercent: number, days: number): string => {
  const numerator = BigInt(principalDollars) * 100n * BigInt(ratePercent) * BigInt(days);
  const cents = (2n * numerator + 36_500n) / 73_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
};

const planOf = ({ installments }: LoanDetailResponse): unknown[] =>
  installments.map(({ due_date, principal_amount, interest_amount, interest_basis }) => [
    due_date,
    principal_amount,
    interest_amount,
    interest_basis.days,
  ]);

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
        changed_at: new Date(LENT),
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

describe('the resume of a loan', () => {
  const [A, B, C, D, E] = [1250, 1000, 750, 500, 250].map((principal) => interestOf(principal, 10, 7));

  it('moves unposted installments to the weeks from the next one on, with interest for the gap', async () => {
    const held = await heldLoan();
    const resumed = await changed(held.loan_id, 'ACTIVE');
    expect(planOf(resumed)).toEqual([
      ['2025-11-08', '250.00', '4.11', 10],
      // 21 days from 2025-11-08, the due date of the posted installment
      ['2025-11-29', '250.00', interestOf(1250, 10, 21), 21],
      ['2025-12-06', '250.00', B, 7],
      ['2025-12-13', '250.00', C, 7],
      ['2025-12-20', '250.00', D, 7],
      ['2025-12-27', '250.00', E, 7],
    ]);
    expect(interestOf(1250, 10, 21)).toBe('7.19');
    expect(resumed).toMatchObject({
      start_week: '2025-11-02',
      end_week: '2025-12-27',
      // 4.11 + 7.19 + 1.92 + 1.44 + 0.96 + 0.48
      total_interest: '16.10',
      total_payable: '1516.10',
      outstanding_balance: '1500.00',
      updated_on: new Date(LATER).toISOString(),
    });
    expect(resumed.installments.map(({ week_start }) => week_start).slice(1)).toEqual([
      '2025-11-23',
      '2025-11-30',
      '2025-12-07',
      '2025-12-14',
      '2025-12-21',
    ]);
    expect(
      resumed.installments.map(({ total_due, outstanding_balance }) => total_due === outstanding_balance),
    ).toEqual(Array<boolean>(6).fill(true));
  });

  it('leaves posted installments unchanged, and the next due date until they are paid', async () => {
    const held = await heldLoan();
    const resumed = await changed(held.loan_id, 'ACTIVE');
    expect(resumed.installments[0]).toEqual(held.installments[0]);
    expect(resumed.installments[0]).toMatchObject({ status: 'POSTED', total_due: '254.11' });
    expect(resumed.next_due_date).toBe('2025-11-08');
    await pay(resumed, '254.11');
    expect(await get(held.loan_id)).toMatchObject({ next_due_date: '2025-11-29', paid_installments: 1 });
  });

  it('starts in the requested week', async () => {
    const { loan_id } = await heldLoan();
    const resumed = await changed(loan_id, 'ACTIVE', { resume_week: '2025-12-28' });
    expect(planOf(resumed)[1]).toEqual(['2026-01-03', '250.00', interestOf(1250, 10, 56), 56]);
    expect(resumed.end_week).toBe('2026-01-31');
  });

  it('waives the interest of the gap on request, except for one week', async () => {
    const { loan_id } = await heldLoan();
    const resumed = await changed(loan_id, 'ACTIVE', { waive_interest: true, resume_week: '2025-12-28' });
    expect(planOf(resumed)).toEqual([
      ['2025-11-08', '250.00', '4.11', 10],
      ['2026-01-03', '250.00', A, 7],
      ['2026-01-10', '250.00', B, 7],
      ['2026-01-17', '250.00', C, 7],
      ['2026-01-24', '250.00', D, 7],
      ['2026-01-31', '250.00', E, 7],
    ]);
    expect(resumed.total_interest).toBe('11.31');
  });

  it('accrues interest from the loan date if nothing is posted yet', async () => {
    const { loan_id } = await exampleLoan();
    await changed(loan_id, 'ON_HOLD');
    app.clock.set(LATER);
    const resumed = await changed(loan_id, 'ACTIVE', { waive_interest: false });
    expect(planOf(resumed)[0]).toEqual(['2025-11-29', '250.00', interestOf(1500, 10, 31), 31]);
    expect(resumed).toMatchObject({ next_due_date: '2025-11-29', end_week: '2026-01-03' });
  });

  it('can start in the current week, which makes the first installment due immediately', async () => {
    const { loan_id } = await heldLoan();
    const resumed = await changed(loan_id, 'ACTIVE', { resume_week: '2025-11-16' });
    expect(resumed.installments[1]).toMatchObject({ due_date: '2025-11-22', status: 'DUE' });
    await post(loan_id, '2025-11-16');
    expect((await get(loan_id)).installments[1]).toMatchObject({ status: 'POSTED' });
  });

  it('changes neither the principal nor the installment numbers', async () => {
    const held = await heldLoan();
    const resumed = await changed(held.loan_id, 'ACTIVE', { resume_week: '2026-02-01' });
    const kept = ({ installment_id, principal_amount }: InstallmentResponse): string[] => [
      installment_id,
      principal_amount,
    ];
    expect(resumed.installments.map(kept)).toEqual(held.installments.map(kept));
  });

  it('changes no installment if all are posted', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '100.00' });
    await post(loan_id, '2025-10-26');
    const held = await changed(loan_id, 'ON_HOLD');
    const resumed = await changed(loan_id, 'ACTIVE');
    expect(resumed).toMatchObject({ end_week: held.end_week, installments: held.installments });
  });

  it.each([
    ['2025-11-24', '2025-11-24 is not a Sunday; the nearest Sundays are 2025-11-23 and 2025-11-30.'],
    ['2025-11-09', 'The resume week lies from 2025-11-16 to 2026-11-15, and 2025-11-09 does not.'],
    ['2026-11-22', 'The resume week lies from 2025-11-16 to 2026-11-15, and 2026-11-22 does not.'],
  ])('is rejected for the week %s', async (resume_week, sentence) => {
    const held = await heldLoan();
    const answer = await setStatus(held.loan_id, { status: 'ACTIVE', reason: 'Back', resume_week });
    const problem = expectRefusal(answer, 400, 'RESUME_WEEK_INVALID');
    expect(problem.errors).toEqual([{ field: 'resume_week', message: sentence }]);
    expect(problem.detail).toBe(sentence);
    expect(await get(held.loan_id)).toEqual(held);
  });

  it('is rejected for a week that is already posted', async () => {
    const { loan_id } = await exampleLoan();
    app.clock.set('2025-11-05T09:00:00-05:00');
    await post(loan_id, '2025-11-02');
    await changed(loan_id, 'ON_HOLD');
    const answer = await setStatus(loan_id, { status: 'ACTIVE', reason: 'Back', resume_week: '2025-11-02' });
    expect(expectRefusal(answer, 400, 'RESUME_WEEK_INVALID').detail).toBe(
      `${loan_id} is posted until 2025-11-08; it resumes in a later week.`,
    );
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
      expect(expectRefusal(answer, 409, 'LOAN_HAS_POSTED_INSTALLMENTS').detail).toBe(
        `${loan.loan_id} cannot be cancelled while 1 of its installments stand in the ledger.`,
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
  const may =
    (choice: string) =>
    (from: string, to: string): string =>
      `A loan that is ${from} cannot become ${to}; it may become ${choice}.`;
  const fromActive = may('ON_HOLD or CLOSED or CANCELLED');
  const fromHold = may('ACTIVE or CANCELLED');
  const fromEnd = may('nothing: that is final');
  const closing = (): string =>
    'A loan is not set from ACTIVE to CLOSED: a loan closes by itself when everything is paid.';

  it.each([
    ['ACTIVE', 'DRAFT', fromActive],
    ['ACTIVE', 'ACTIVE', fromActive],
    ['ACTIVE', 'CLOSED', closing],
    ['ON_HOLD', 'DRAFT', fromHold],
    ['ON_HOLD', 'ON_HOLD', fromHold],
    ['ON_HOLD', 'CLOSED', fromHold],
    ...['DRAFT', 'ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED'].flatMap((to) => [
      ['CLOSED', to, fromEnd] as const,
      ['CANCELLED', to, fromEnd] as const,
    ]),
  ] as const)('is rejected: %s to %s', async (from, to, sentence) => {
    const loanId = await (reach[from] as () => Promise<string>)();
    const [before, history] = [await get(loanId), await historyOf(loanId)];
    const problem = expectRefusal(
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
    expectFieldsRefused(await setStatus(loan_id, body), field);
  });

  it('is rejected with a resume week or a waiver for any status but ACTIVE', async () => {
    const { loan_id } = await exampleLoan();
    for (const more of [{ resume_week: '2025-11-23' }, { waive_interest: true }]) {
      const answer = await setStatus(loan_id, { status: 'ON_HOLD', reason: 'Leave', ...more });
      expect(expectRefusal(answer, 400, 'VALIDATION_FAILED').detail).toBe(
        'A resume week and a waiver go with the status ACTIVE only.',
      );
    }
  });

  it('is rejected for an unknown loan', async () => {
    expectRefusal(await setStatus('DL-2025-9999', { status: 'ON_HOLD', reason: 'x' }), 404, 'LOAN_NOT_FOUND');
  });
});

describe('a new loan that needs an approval', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await startTestApp({ now: LENT, env: { LOAN_APPROVAL_REQUIRED: 'true' } });
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
      'A loan is not set from DRAFT to ACTIVE: a draft becomes active by the approval of a colleague.',
    ],
    ['ON_HOLD', 'A loan that is DRAFT cannot become ON_HOLD; it may become ACTIVE or CANCELLED.'],
    ['CLOSED', 'A loan that is DRAFT cannot become CLOSED; it may become ACTIVE or CANCELLED.'],
  ])('cannot be set to %s', async (status, sentence) => {
    const { loan_id } = await aLoan(strict);
    const answer = await strict.as('FINANCE').put(`/loans/${loan_id}/status`, { status, reason: 'Try' });
    expect(expectRefusal(answer, 409, 'LOAN_TRANSITION_FORBIDDEN').detail).toBe(sentence);
  });

  it('can be cancelled', async () => {
    const { loan_id } = await aLoan(strict);
    const body = { status: 'CANCELLED', reason: 'Not needed' };
    const answer = await strict.as('FINANCE').put(`/loans/${loan_id}/status`, body);
    expect(answer).toMatchObject({ status: 200, body: { status: 'CANCELLED', next_due_date: null } });
  });
});
