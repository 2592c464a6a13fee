import type { LoanAgingResponse } from '../../src/modules/loans/reports/loan-aging.response.js';
import type {
  ForecastLine,
  LoanForecastResponse,
} from '../../src/modules/loans/reports/loan-forecast.response.js';
import { Money } from '../../src/kernel/money/money.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { app, finance, late, held, coming, useReportedLoans } from './support/loan-reports-fixture.js';

useReportedLoans();

const CLEAN = {
  current: '0.00',
  days_1_7: '0.00',
  days_8_14: '0.00',
  days_15_28: '0.00',
  over_28_days: '0.00',
  overdue: '0.00',
};

const aging = async (query = '') => {
  const answer = await finance.get<LoanAgingResponse>(`/loans/reports/aging${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

const forecast = async (query = '') => {
  const answer = await finance.get<LoanForecastResponse>(`/loans/reports/forecast${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

describe('the aging report', () => {
  it('groups unpaid postings by the days since their due date, by loan and in total', async () => {
    const report = await aging();
    expect(report).toMatchObject({ as_of: '2025-12-07', total: 2, page: 1, total_pages: 1 });
    expect(report.items).toEqual([
      {
        ...CLEAN,
        // due 11-15, 22 days ago, with 30.00 paid; due 11-22; due 11-29; due 12-06
        days_15_28: '170.00',
        days_8_14: '100.00',
        days_1_7: '100.00',
        overdue: '370.00',
        loan_id: late.loan_id,
        status: 'ACTIVE',
        driver_id: late.driver_id,
        lease_id: late.lease_id,
        tlc_license_number: late.driver.tlc_license_number,
        driver_name: `${late.driver.first_name} ${late.driver.last_name}`,
        outstanding_balance: '370.00',
        days_overdue: 22,
      },
      expect.objectContaining({
        ...CLEAN,
        days_1_7: '252.47',
        overdue: '252.47',
        loan_id: held.loan_id,
        status: 'ON_HOLD',
        days_overdue: 1,
      }),
    ]);
    expect(report.totals).toEqual({
      ...CLEAN,
      days_15_28: '170.00',
      days_8_14: '100.00',
      days_1_7: '352.47',
      overdue: '622.47',
    });
  });

  it.each([
    [
      '2025-12-06T06:00:00-05:00',
      { current: '352.47', days_1_7: '100.00', days_8_14: '100.00', days_15_28: '70.00' },
    ],
    ['2025-12-13T06:00:00-05:00', { days_1_7: '352.47', days_8_14: '100.00', days_15_28: '170.00' }],
    ['2025-12-14T06:00:00-05:00', { days_8_14: '352.47', days_15_28: '200.00', over_28_days: '70.00' }],
  ])('assigns amounts to the right group on %s', async (now, buckets) => {
    app.clock.set(now);
    expect((await aging()).totals).toMatchObject({ ...CLEAN, overdue: expect.any(String), ...buckets });
  });

  it('shows the share of the outstanding principal in overdue loans', async () => {
    expect((await aging()).portfolio_at_risk).toEqual({
      outstanding_principal: '2870.00',
      principal_overdue: '1870.00',
      share_overdue: '65.16',
      principal_over_28_days: '0.00',
      share_over_28_days: '0.00',
    });
    app.clock.set('2025-12-14T06:00:00-05:00');
    expect((await aging()).portfolio_at_risk).toMatchObject({
      principal_over_28_days: '370.00',
      share_over_28_days: '12.89',
    });
  });

  it('has pages, sorting and filters, and totals over all pages', async () => {
    const page = await aging('?page_size=1&page=2&sort_by=overdue');
    expect(page.items.map(({ loan_id }) => loan_id)).toEqual([held.loan_id]);
    expect(page).toMatchObject({ total: 2, total_pages: 2, totals: { overdue: '622.47' } });
    const ascending = await aging('?sort_order=asc&sort_by=days_overdue');
    expect(ascending.items.map(({ loan_id }) => loan_id)).toEqual([held.loan_id, late.loan_id]);
    expect(await aging(`?driver_id=${late.driver_id}`)).toMatchObject({
      total: 1,
      totals: { overdue: '370.00' },
      portfolio_at_risk: { outstanding_principal: '370.00', share_overdue: '100.00' },
    });
    expect(await aging(`?lease_id=${coming.lease_id}`)).toMatchObject({
      total: 0,
      totals: CLEAN,
      portfolio_at_risk: { outstanding_principal: '1000.00', share_overdue: '0.00' },
    });
    expect(await aging('?driver_id=2147483647')).toMatchObject({
      portfolio_at_risk: { outstanding_principal: '0.00', share_overdue: '0.00' },
    });
  });
});

describe('the forecast report', () => {
  const nothing = { principal: '0.00', interest: '0.00', total: '0.00', on_hold: '0.00' };

  it('shows the amounts due by week from the current week on, and the totals before and after', async () => {
    const { as_of, earlier, weeks, later } = await forecast('?weeks=2');
    expect(as_of).toBe('2025-12-07');
    expect(earlier).toEqual({
      week_start: null,
      week_end: null,
      principal: '620.00',
      interest: '2.47',
      total: '622.47',
      on_hold: '252.47',
    });
    expect(weeks).toEqual([
      {
        week_start: '2025-12-07',
        week_end: '2025-12-13',
        principal: '250.00',
        interest: '2.40',
        total: '252.40',
        on_hold: '252.40',
      },
      {
        week_start: '2025-12-14',
        week_end: '2025-12-20',
        principal: '450.00',
        interest: '1.92',
        total: '451.92',
        on_hold: '251.92',
      },
    ]);
    expect(later).toMatchObject({ week_start: null, principal: '1550.00', interest: '2.88' });
  });

  it('shows twelve weeks by default, including weeks without amounts due', async () => {
    const { weeks, later } = await forecast();
    expect(weeks.map(({ week_start }) => week_start)).toHaveLength(12);
    expect(weeks.at(-1)).toEqual({ week_start: '2026-02-22', week_end: '2026-02-28', ...nothing });
    expect(later).toEqual({ week_start: null, week_end: null, ...nothing });
  });

  it('adds up to the outstanding principal for any number of weeks', async () => {
    const { portfolio_at_risk } = await aging();
    for (const count of [1, 3, 260]) {
      const { earlier, weeks, later } = await forecast(`?weeks=${count}`);
      const principal = (lines: ForecastLine[]) => Money.sum(lines.map((line) => Money.of(line.principal)));
      expect(principal([earlier, ...weeks, later]).toString()).toBe(portfolio_at_risk.outstanding_principal);
    }
  });
});

describe('a loan report', () => {
  it.each([
    ['aging', 'page=0'],
    ['aging', 'driver_id=x'],
    ['aging', 'lease_id='],
    ['aging', 'sort_by=loan_id'],
    ['aging', 'as_of=2025-11-19'],
    ['collections', 'period_start=2025-11-31'],
    ['collections', 'period_end='],
    ['collections', 'weeks=8'],
    ['forecast', 'weeks=0'],
    ['forecast', 'weeks=261'],
    ['forecast', 'weeks=1e1'],
    ['forecast', 'driver_id=1'],
  ])('is rejected: %s with ?%s', async (name, query) => {
    expectFieldErrors(await finance.get(`/loans/reports/${name}?${query}`), query.split('=')[0] ?? '');
  });

  it('requires loans:view', async () => {
    expectProblem(await app.anonymous.get('/loans/reports/aging'), 401, 'UNAUTHENTICATED');
    expectProblem(await app.anonymous.get('/loans/reports/collections'), 401, 'UNAUTHENTICATED');
    expect((await app.as('MANAGER').get('/loans/reports/forecast')).status).toBe(200);
    expect((await app.as('MANAGER').get('/loans/reports/collections')).status).toBe(200);
  });
});
