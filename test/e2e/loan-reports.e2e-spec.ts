import type { LoanAgingResponse } from '../../src/modules/loans/http/loan-aging.response.js';
import type {
  ForecastLine,
  LoanForecastResponse,
} from '../../src/modules/loans/http/loan-forecast.response.js';
import type { LoanCollectionsResponse } from '../../src/modules/loans/http/loan-collections.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import { Money } from '../../src/kernel/money/money.js';
import type { ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import { expectFieldsRefused, expectRefusal, fieldsOf } from '../support/refusal.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const WEEK = '2025-11-02';
const CLEAN = {
  current: '0.00',
  days_1_7: '0.00',
  days_8_14: '0.00',
  days_15_28: '0.00',
  over_28_days: '0.00',
  overdue: '0.00',
};

let app: TestApp;
let finance: ApiClient;
/** 500.00 without interest in five weeks from WEEK, all posted in the week of 11-30 */
let late: LoanDetailResponse;
/** 1,500.00 at 10% in six weeks from 11-30, on hold since its first posting */
let held: LoanDetailResponse;
/** 1,000.00 without interest in five weeks from 12-14 */
let coming: LoanDetailResponse;

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
const collections = async (query = '') => {
  const answer = await finance.get<LoanCollectionsResponse>(`/loans/reports/collections${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const post = (from: string, to: string) =>
  finance.post('/loans/installments/post', { payment_period_start: from, payment_period_end: to });

const pay = ({ loan_id, driver_id, lease_id }: LoanDetailResponse, amount: string) =>
  finance.post('/ledger/payments', {
    driver_id,
    lease_id,
    amount,
    payment_period_start: app.clock.currentWeek().start,
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan_id}`,
  });

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T06:00:00-05:00' });
  finance = app.as('FINANCE');
  late = await aLoan(app, { start_week: WEEK });
  app.clock.set('2025-11-30T06:00:00-05:00');
  held = await aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-30' });
  coming = await aLoan(app, { loan_amount: '1000.00', start_week: '2025-12-14' });
  await post(WEEK, '2025-12-06');
  await finance.put(`/loans/${held.loan_id}/status`, { status: 'ON_HOLD', reason: 'Leave' });
  const cancelled = await aLoan(app, { start_week: '2025-12-07' });
  await finance.put(`/loans/${cancelled.loan_id}/status`, { status: 'CANCELLED', reason: 'Mistake' });
  await pay(late, '130.00');
});

afterAll(() => app.close());

beforeEach(() => app.clock.set('2025-12-07T06:00:00-05:00'));

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
    expect(fieldsOf(expectRefusal(answer, 400, 'REPORT_PERIOD_INVALID'))).toEqual([field]);
  });

  it('covers at most 260 weeks', async () => {
    const { weeks } = await collections('?period_start=2020-12-20&period_end=2025-12-13');
    expect(weeks).toHaveLength(260);
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
    expectFieldsRefused(await finance.get(`/loans/reports/${name}?${query}`), query.split('=')[0] ?? '');
  });

  it('requires loans:view', async () => {
    expectRefusal(await app.anonymous.get('/loans/reports/aging'), 401, 'NOT_SIGNED_IN');
    expectRefusal(await app.anonymous.get('/loans/reports/collections'), 401, 'NOT_SIGNED_IN');
    expect((await app.as('MANAGER').get('/loans/reports/forecast')).status).toBe(200);
    expect((await app.as('MANAGER').get('/loans/reports/collections')).status).toBe(200);
  });
});
