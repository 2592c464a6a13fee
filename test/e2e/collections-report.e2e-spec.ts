import type { LoanCollectionsResponse } from '../../src/modules/loans/reports/loan-collections.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { Money } from '../../src/kernel/money/money.js';
import { aLoan } from '../support/factories.js';
import { expectProblem, fieldsOf } from '../support/problem.js';
import { app, finance, post, pay, useReportedLoans } from './support/loan-reports-fixture.js';

useReportedLoans();

const collections = async (query = '') => {
  const answer = await finance.get<LoanCollectionsResponse>(`/loans/reports/collections${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

describe('the collections report', () => {
  const nothing = {
    installments: 0,
    total_due: '0.00',
    principal_paid: '0.00',
    interest_paid: '0.00',
    total_paid: '0.00',
    written_off: '0.00',
    outstanding: '0.00',
  };

  /** The ledger totals of the loan obligations of the weeks. The ledger does not separate principal and interest. */
  const inLedger = async (from: string, through: string) => {
    const rows = await app.db.query<[Record<string, string>]>(
      `SELECT count(*)::integer AS installments, coalesce(sum(original_amount), 0)::numeric(16,2) AS due,
              coalesce(sum(payment_applied), 0)::numeric(16,2) AS settled,
              coalesce(sum(outstanding_balance), 0)::numeric(16,2) AS outstanding
       FROM ledger_balances
       WHERE category = 'LOANS' AND status <> 'VOIDED' AND payment_period_start BETWEEN $1 AND $2`,
      [from, through],
    );
    return rows[0];
  };

  beforeAll(async () => {
    app.clock.set('2025-11-16T06:00:00-05:00');
    const given = await aLoan(app, { loan_amount: '400.00', interest_rate: '10.00' });
    const voided = await aLoan(app);
    await post('2025-11-16', '2025-11-22');
    await pay(given, '60.00');
    const writeOff = { reason: 'Left the city' };
    expect((await app.as('ADMIN').post(`/loans/${given.loan_id}/write-off`, writeOff)).status).toBe(200);
    const { body } = await finance.get<LoanDetailResponse>(`/loans/${voided.loan_id}`);
    const balance = await finance.get<{ posting_id: string }>(
      `/ledger/balances/${body.installments[0]?.ledger_balance_id}`,
    );
    const answer = await finance.post(`/ledger/postings/${balance.body.posting_id}/void`, {
      reason: 'Mistake',
    });
    expect(answer.status).toBe(200);
  });

  it('shows for the obligations due in each week the amounts paid and written off so far', async () => {
    const { as_of, weeks, totals } = await collections('?period_start=2025-11-02&period_end=2025-11-22');
    expect(as_of).toBe('2025-12-07');
    expect(weeks).toEqual([
      {
        ...nothing,
        week_start: '2025-11-02',
        week_end: '2025-11-08',
        installments: 1,
        total_due: '100.00',
        principal_paid: '100.00',
        total_paid: '100.00',
      },
      {
        ...nothing,
        week_start: '2025-11-09',
        week_end: '2025-11-15',
        installments: 1,
        total_due: '100.00',
        principal_paid: '30.00',
        total_paid: '30.00',
        outstanding: '70.00',
      },
      {
        // the overdue loan and the written-off loan, which first pays 0.66 interest for six days
        week_start: '2025-11-16',
        week_end: '2025-11-22',
        installments: 2,
        total_due: '200.66',
        principal_paid: '59.34',
        interest_paid: '0.66',
        total_paid: '60.00',
        written_off: '40.66',
        outstanding: '100.00',
      },
    ]);
    expect(totals).toEqual({
      installments: 4,
      total_due: '400.66',
      principal_paid: '189.34',
      interest_paid: '0.66',
      total_paid: '190.00',
      written_off: '40.66',
      outstanding: '170.00',
    });
  });

  it('equals the ledger for every week and in total', async () => {
    const { weeks, totals } = await collections('?period_start=2025-10-05&period_end=2026-01-03');
    expect(weeks).toHaveLength(13);
    const periods = [
      ...weeks.map((sums) => ({ sums, from: sums.week_start, through: sums.week_start })),
      { sums: totals, from: '2025-10-05', through: '2026-01-03' },
    ];
    for (const { sums, from, through } of periods) {
      expect(await inLedger(from, through)).toEqual({
        installments: sums.installments,
        due: sums.total_due,
        settled: Money.of(sums.total_paid).plus(Money.of(sums.written_off)).toString(),
        outstanding: sums.outstanding,
      });
    }
  });

  it('shows the eight weeks up to the current one by default, including weeks without amounts due', async () => {
    const { weeks } = await collections();
    expect(weeks.map(({ week_start }) => week_start)).toEqual([
      '2025-10-19',
      '2025-10-26',
      '2025-11-02',
      '2025-11-09',
      '2025-11-16',
      '2025-11-23',
      '2025-11-30',
      '2025-12-07',
    ]);
    expect(weeks[0]).toEqual({ ...nothing, week_start: '2025-10-19', week_end: '2025-10-25' });
    // not yet posted
    expect(weeks.at(-1)).toEqual({ ...nothing, week_start: '2025-12-07', week_end: '2025-12-13' });
    const before = await collections('?period_end=2025-11-01');
    expect(before.weeks).toHaveLength(8);
    expect(before.totals).toEqual(nothing);
  });

  it.each([
    ['period_start', '?period_start=2025-11-03'],
    ['period_end', '?period_end=2025-11-09'],
    ['period_end', '?period_start=2025-11-09&period_end=2025-11-08'],
    ['period_start', '?period_start=2020-12-13&period_end=2025-12-13'],
  ])('is rejected for its %s with %s', async (field, query) => {
    const answer = await finance.get(`/loans/reports/collections${query}`);
    expect(fieldsOf(expectProblem(answer, 400, 'REPORT_PERIOD_INVALID'))).toEqual([field]);
  });

  it('covers at most 260 weeks', async () => {
    const { weeks } = await collections('?period_start=2020-12-20&period_end=2025-12-13');
    expect(weeks).toHaveLength(260);
  });
});
