import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { PostingResultResponse } from '../../../src/modules/loans/posting-runs/posting-result.response.js';
import { aDriverWithLease, aLoan } from '../../support/factories.js';
import { dueInstallments, expectPostedExactlyOnce } from '../../support/exactly-once-posting.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';

describe('the weekly posting', () => {
  let app: TestApp;
  let loans: LoanDetailResponse[];

  const post = (body: object = {}) =>
    app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', body);

  /** Creates the loans of the example in the domain rules on a Wednesday, and moves the clock to Sunday. */
  beforeEach(async () => {
    app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
    loans = [];
    for (const loan_amount of ['1500.00', '200.50', '75.00']) {
      loans.push(await aLoan(app, { loan_amount, interest_rate: '10.00', start_week: WEEK }));
    }
    app.clock.set('2025-11-02T05:30:00-05:00');
  });

  afterEach(() => app.close());

  it('posts the first installment of 254.11 as one DEBIT with one OPEN balance due on its Saturday', async () => {
    await post();
    const [loan] = loans;
    const [installment] = await app.db.query<object[]>(
      'SELECT * FROM loan_schedules WHERE loan_id = $1 AND posted_to_ledger',
      [loan?.loan_id],
    );
    const sourceId = `${loan?.loan_id}-INST-01`;
    expect(installment).toMatchObject({ installment_id: sourceId, status: 'POSTED', total_due: '254.11' });

    const postings = await app.db.query<{ id: string }[]>(
      'SELECT * FROM ledger_postings WHERE driver_id = $1',
      [loan?.driver_id],
    );
    expect(postings).toEqual([
      expect.objectContaining({
        posting_id: expect.stringMatching(/^LP-2025-\d{6}$/),
        posting_type: 'DEBIT',
        category: 'LOANS',
        amount: '254.11',
        source_type: 'LOAN_INSTALLMENT',
        source_id: sourceId,
        lease_id: loan?.lease_id,
        payment_period_start: '2025-11-02',
        payment_period_end: '2025-11-08',
        status: 'POSTED',
      }),
    ]);
    const balances = await app.db.query<object[]>('SELECT * FROM ledger_balances WHERE driver_id = $1', [
      loan?.driver_id,
    ]);
    expect(balances).toEqual([
      expect.objectContaining({
        balance_id: (installment as { ledger_balance_id: string }).ledger_balance_id,
        posting_id: postings[0]?.id,
        reference_id: sourceId,
        original_amount: '254.11',
        outstanding_balance: '254.11',
        payment_applied: '0.00',
        due_date: '2025-11-08',
        status: 'OPEN',
      }),
    ]);
  });

  it('posts only due installments and returns them', async () => {
    const due = await dueInstallments(app.db, WEEK);
    expect(due).toHaveLength(3);
    const answer = await post();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      run_id: expect.any(Number),
      success: true,
      message: 'Posted 3/3 installments',
      dry_run: false,
      period_start: '2025-11-02',
      period_end: '2025-11-08',
      installments_processed: 3,
      installments_posted: 3,
      // 254.11, 100.00 + 0.55, and 75.00 + 0.21 interest for ten days
      total_amount_posted: '429.87',
      credits_applied: '0.00',
      errors: null,
    });
    await expectPostedExactlyOnce(app.db, due);
  });

  it('posts nothing when the week is posted again', async () => {
    const due = await dueInstallments(app.db, WEEK);
    await post();
    const before = await dumpLedgerTables(app.db);
    const { body } = await post();
    expect(body).toMatchObject({
      success: true,
      message: 'Posted 0/0 installments',
      installments_processed: 0,
      installments_posted: 0,
      total_amount_posted: '0.00',
    });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    await expectPostedExactlyOnce(app.db, due);
  });

  it('returns the same result in a dry run and writes nothing', async () => {
    const before = await dumpLedgerTables(app.db);
    const dryRun = await post({ dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);

    const posted = await post();
    expect(dryRun.body).toEqual({
      ...posted.body,
      run_id: expect.any(Number),
      dry_run: true,
      message: 'Would post 3/3 installments',
    });
  });

  it('posts only the requested loan', async () => {
    const [, loan] = loans;
    const { body } = await post({ loan_id: loan?.loan_id });
    expect(body).toMatchObject({ message: 'Posted 1/1 installments', total_amount_posted: '100.55' });
    await expectPostedExactlyOnce(app.db, [`${loan?.loan_id}-INST-01`]);
  });

  it('posts each week of a longer period in its own week and no week outside the period', async () => {
    app.clock.set('2025-11-24T09:00:00-05:00');
    const { body } = await post({
      payment_period_start: '2025-11-09',
      payment_period_end: '2025-11-22',
    });
    // two of the six installments of 1,500.00, and both open installments of 200.50
    expect(body).toMatchObject({ message: 'Posted 4/4 installments' });
    const [first, second] = loans;
    const posted = [first, second].flatMap((loan) =>
      ['02', '03'].map((number) => `${loan?.loan_id}-INST-${number}`),
    );
    await expectPostedExactlyOnce(app.db, posted);
  });

  it('rejects a week that has not begun and posts nothing', async () => {
    const before = await dumpLedgerTables(app.db);
    const answer = await post({ payment_period_start: '2025-11-09' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'POSTING_WEEK_NOT_BEGUN' } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('ignores obligations of other modules, even one with the id of an installment', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const [loan] = loans;
    const other = await app.as('FINANCE').post<{ posting: { posting_id: string } }>('/ledger/obligations', {
      driver_id: driver.id,
      lease_id: lease.id,
      category: 'LEASE',
      amount: '450.00',
      reference_type: 'LEASE_FEE',
      reference_id: `${loan?.loan_id}-INST-01`,
      payment_period_start: WEEK,
    });
    const due = await dueInstallments(app.db, WEEK);
    expect((await post()).body).toMatchObject({ success: true, installments_posted: 3 });
    await expectPostedExactlyOnce(app.db, due, [other.body.posting.posting_id]);
  });
});
