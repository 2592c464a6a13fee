import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import { aLease, aLoan } from '../../support/factories.js';
import { expectConstraintViolation, insertCopy } from '../../support/expect-constraint-violation.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let loan: LoanDetailResponse;

/** A loan with interest and two installments, of which the first is posted. */
beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00' });
  loan = await aLoan(app, { loan_amount: '200.50', interest_rate: '10.00' });
  await app.as('FINANCE').post('/loans/installments/post', {});
});

afterAll(() => app.close());

const expectRejected = (
  refusal: { code: string; constraint?: string },
  sql: string,
  parameters?: unknown[],
) => expectConstraintViolation(app.db, refusal, sql, parameters);

const check = (constraint: string) => ({ code: '23514', constraint });

describe('an installment', () => {
  const POSTED = 'installment_number = 1';
  const UNPOSTED = 'installment_number = 2';

  it.each([
    // interest is paid first
    ['ck_loan_schedules_paid', POSTED, 'principal_paid = 10, outstanding_balance = total_due - 10'],
    ['ck_loan_schedules_paid', POSTED, 'interest_paid = interest_amount'],
    ['ck_loan_schedules_paid', POSTED, 'interest_paid = interest_amount + 0.01'],
    ['ck_loan_schedules_paid', POSTED, 'interest_paid = -0.01'],
    // a skipped installment owes nothing
    ['ck_loan_schedules_paid', UNPOSTED, "status = 'SKIPPED'"],
    ['ck_loan_schedules_amounts', UNPOSTED, 'total_due = total_due + 1, outstanding_balance = total_due + 1'],
    [
      'ck_loan_schedules_amounts',
      UNPOSTED,
      `principal_amount = 0, interest_amount = 0, total_due = 0, outstanding_balance = 0`,
    ],
    ['ck_loan_schedules_week', UNPOSTED, 'week_start = week_start + 1, week_end = week_end + 1'],
    ['ck_loan_schedules_week', UNPOSTED, 'week_end = week_end + 7'],
    ['ck_loan_schedules_week', UNPOSTED, 'due_date = week_end + 1'],
    ['ck_loan_schedules_posted', UNPOSTED, "status = 'POSTED', posted_to_ledger = true, posted_on = now()"],
    ['ck_loan_schedules_posted', POSTED, "status = 'SCHEDULED', posted_to_ledger = false"],
    ['ck_loan_schedules_status', UNPOSTED, "status = 'POSTED'"],
    ['ck_loan_schedules_status', POSTED, "status = 'SCHEDULED'"],
    ['ck_loan_schedules_status', POSTED, "status = 'SKIPPED', outstanding_balance = 0"],
    ['ck_loan_schedules_status', POSTED, "status = 'PAID'"],
    ['ck_loan_schedules_status', UNPOSTED, "status = 'DUE'"],
    ['ck_loan_schedules_interest', UNPOSTED, 'interest_rate = 100.01'],
    ['ck_loan_schedules_interest', UNPOSTED, 'interest_to = interest_from - 1'],
    ['ck_loan_schedules_interest', UNPOSTED, 'interest_from = interest_from - 365'],
    ['ck_loan_schedules_interest', UNPOSTED, 'interest_carried = interest_carried + 0.01'],
    [
      'ck_loan_schedules_interest',
      UNPOSTED,
      'interest_carried = -0.01, interest_amount = interest_amount - 0.01, total_due = total_due - 0.01, outstanding_balance = outstanding_balance - 0.01',
    ],
  ])('violates %s, where it is %s, after SET %s', async (constraint, which, change) => {
    await expectRejected(check(constraint), `UPDATE loan_schedules SET ${change} WHERE ${which}`);
  });

  it('has a number that is unique in its loan', async () => {
    await expectRejected(
      { code: '23505', constraint: 'idx_loan_installment' },
      await insertCopy(app.db, 'loan_schedules'),
      [{ id: 1001, installment_id: `${loan.loan_id}-INST-1001` }],
    );
  });

  it.each([
    'due_date = due_date + 7, week_start = week_start + 7, week_end = week_end + 7',
    'interest_amount = interest_amount + 1, total_due = total_due + 1, outstanding_balance = outstanding_balance + 1',
    'interest_from = interest_from + 1',
    'interest_to = interest_to + 1',
    'interest_carried = interest_carried + 1',
    'installment_number = 99',
  ])('rejects SET %s once it is posted', async (change) => {
    await expectRejected({ code: '55000' }, `UPDATE loan_schedules SET ${change} WHERE ${POSTED}`);
    await app.db.query(`UPDATE loan_schedules SET updated_on = updated_on WHERE ${POSTED}`);
  });

  it('requires an existing balance in the ledger', async () => {
    await expectRejected(
      { code: '23503', constraint: 'fk_loan_schedules_balance' },
      `UPDATE loan_schedules SET ledger_balance_id = 'LB-2025-009999' WHERE ${POSTED}`,
    );
  });
});

describe('a loan', () => {
  it.each([
    ['ck_driver_loans_totals', 'outstanding_balance = outstanding_balance - 1'],
    ['ck_driver_loans_totals', 'total_principal_paid = 200.51, outstanding_balance = -0.01'],
    // a draft owes nothing yet, and a cancelled loan owes nothing anymore
    ['ck_driver_loans_totals', "status = 'DRAFT'"],
    ['ck_driver_loans_totals', "status = 'CANCELLED'"],
    ['ck_driver_loans_rate', 'interest_rate = 100.01'],
    ['ck_driver_loans_weeks', 'start_week = start_week + 1'],
    ['ck_driver_loans_accrual', 'interest_accrued_through = loan_date - 1'],
    ['ck_driver_loans_accrual', 'waived_interest = -0.01'],
    ['ck_driver_loans_closed', "status = 'CLOSED'"],
    ['ck_driver_loans_closed', 'closed_on = now()'],
    ['ck_driver_loans_status', "status = 'LOST'"],
    ['ck_driver_loans_approved', 'approved_on = now()'],
    ['ck_driver_loans_maker_is_not_checker', 'approved_on = now(), approved_by = created_by'],
  ])('violates %s after SET %s', async (constraint, change) => {
    await expectRejected(check(constraint), `UPDATE driver_loans SET ${change}`);
  });

  it('requires a lease of its driver', async () => {
    const foreign = await aLease(app);
    await expectRejected(
      { code: '23503', constraint: 'fk_driver_loans_lease' },
      'UPDATE driver_loans SET lease_id = $1',
      [foreign.id],
    );
  });

  it('has a unique id and number', async () => {
    for (const copy of [{ loan_number: 1001 }, { loan_id: 'DL-2025-1001' }]) {
      await expectRejected({ code: '23505' }, await insertCopy(app.db, 'driver_loans'), [
        { id: 1001, ...copy },
      ]);
    }
  });

  it.each([
    "UPDATE loan_status_changes SET reason = 'Another'",
    'DELETE FROM loan_status_changes',
    'TRUNCATE loan_status_changes',
    "UPDATE loan_schedule_versions SET installments = '[1]'",
    'DELETE FROM loan_schedule_versions',
    'UPDATE loan_interest_waivers SET amount = 0',
    'DELETE FROM loan_interest_waivers',
    'TRUNCATE driver_loans CASCADE',
  ])('protects its history against %s', (statement) => expectRejected({ code: '55000' }, statement));
});

describe('a scheduled run', () => {
  it('is the only scheduled run of its week', async () => {
    const run = `INSERT INTO posting_runs (trigger, scheduled_week, period_end, dry_run, status, started_at)
                 VALUES ('CRON', '2025-11-02', '2025-11-08', false, 'RUNNING', now())`;
    await app.db.query(run);
    await expectRejected({ code: '23505', constraint: 'uq_posting_runs_scheduled_week' }, run);
  });
});
