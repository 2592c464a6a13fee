import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aDriverWithLease } from '../support/factories.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { scheduledRuns, tick } from '../support/scheduled-posting.js';
import {
  app,
  finance,
  createLoan,
  get,
  hold,
  resume,
  useLoanAccrual,
} from './support/loan-accrual-fixture.js';

useLoanAccrual();

describe('the current week after its scheduled run', () => {
  const SUNDAY = '2025-11-02T05:00:00-05:00';
  const WEDNESDAY = '2025-11-05T11:00:00-05:00';

  const postedOf = (loan: LoanDetailResponse) =>
    loan.installments.map(({ due_date, status }) => [due_date, status]).slice(0, 2);
  const POSTED_ONCE = [
    ['2025-11-08', 'POSTED'],
    ['2025-11-15', 'SCHEDULED'],
  ];

  beforeEach(async () => {
    app.clock.set(SUNDAY);
    await tick(app);
    app.clock.set(WEDNESDAY);
  });

  it('is posted immediately for a new loan, with debit, balance and accrued interest', async () => {
    const loan = await createLoan();
    expect(postedOf(loan)).toEqual(POSTED_ONCE);
    expect(loan).toMatchObject({ interest_accrued_through: '2025-11-08', total_installments: 6 });
    expect(loan.installments[0]).toMatchObject({
      posted_to_ledger: true,
      posted_on: app.clock.now().toISOString(),
      ledger_balance_id: expect.stringMatching(/^LB-2025-/),
    });
    await expectLoanInvariants(app.db, loan.loan_id);
    app.clock.set('2025-11-09T05:00:00-05:00');
    await tick(app);
    expect((await scheduledRuns(app.db)).at(-1)).toMatchObject({ installments_posted: 1 });
  });

  it('is posted immediately for a resumed loan, and only previewed in a dry run', async () => {
    const loan = await createLoan({ start_week: '2025-11-16' });
    await hold(loan);
    const dry = await resume(loan, { resume_week: '2025-11-02', dry_run: true });
    expect(postedOf(dry)).toEqual(POSTED_ONCE);
    expect((await get(loan)).status).toBe('ON_HOLD');
    const resumed = await resume(loan, { resume_week: '2025-11-02' });
    expect(postedOf(resumed)).toEqual(POSTED_ONCE);
  });

  it('is posted immediately for imported loans', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const csv = [
      'tlc_license_number,lease_number,loan_amount,interest_rate,start_week,reference',
      `${driver.tlc_license_number},${lease.lease_number},450.00,10.00,2025-11-02,R-1`,
      `${driver.tlc_license_number},${lease.lease_number},450.00,10.00,2025-11-09,R-2`,
    ].join('\n');
    const answer = await finance.post('/loans/import', csv);
    expect(answer).toMatchObject({ status: 200, body: { created: 2 } });
    expect(await app.db.query(`SELECT due_date FROM loan_schedules WHERE posted_to_ledger`)).toEqual([
      { due_date: '2025-11-08' },
    ]);
  });

  it('is not posted for a loan that begins later', async () => {
    const loan = await createLoan({ start_week: '2025-11-09' });
    expect(loan.installments.some(({ posted_to_ledger }) => posted_to_ledger)).toBe(false);
  });
});

describe('the current week before its scheduled run', () => {
  it('is posted by that run', async () => {
    app.clock.set('2025-11-02T04:00:00-05:00');
    const loan = await createLoan();
    expect(loan.installments[0]).toMatchObject({ status: 'DUE', posted_to_ledger: false });
    app.clock.set('2025-11-02T05:00:00-05:00');
    await tick(app);
    expect((await get(loan)).installments[0]).toMatchObject({ status: 'POSTED' });
  });
});
