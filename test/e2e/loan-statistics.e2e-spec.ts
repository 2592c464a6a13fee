import type { LoanStatisticsResponse } from '../../src/modules/loans/overview/loan-statistics.response.js';
import type { ApiClient } from '../support/api-client.js';
import { aLease, aLoan } from '../support/factories.js';
import { expectFieldErrors } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { queryOf } from './support/query.js';
import type { Filters } from './support/query.js';

const TODAY = '2025-10-29T09:00:00-04:00';

let app: TestApp;

let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp({ now: TODAY });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

describe('GET /loans/statistics/summary', () => {
  const statistics = async (filters: Filters): Promise<LoanStatisticsResponse> => {
    const answer = await finance.get<LoanStatisticsResponse>(`/loans/statistics/summary?${queryOf(filters)}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const NOTHING: LoanStatisticsResponse = {
    total_loans: 0,
    draft_loans: 0,
    active_loans: 0,
    on_hold_loans: 0,
    closed_loans: 0,
    cancelled_loans: 0,
    total_amount_disbursed: '0.00',
    total_amount_collected: '0.00',
    total_outstanding: '0.00',
    total_recovered: '0.00',
    total_written_off: '0.00',
    total_interest_collected: '0.00',
    cancelled_after_posting_loans: 0,
    total_cancelled_after_posting: '0.00',
  };

  it('counts and totals the filtered loans, without loans that were never lent', async () => {
    app.clock.set(TODAY);
    const { driver_id, id: lease_id } = await aLease(app);
    const borrower = { driver_id, lease_id };
    const other = await aLease(app, { driver_id: borrower.driver_id });
    const loan = await aLoan(app, { ...borrower, loan_amount: '1500.00', interest_rate: '10.00' });
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id });
    await finance.post('/ledger/payments', {
      ...borrower,
      amount: '101.64',
      payment_period_start: '2025-10-26',
      source_type: 'WEEKLY_EARNINGS',
      source_id: 'EARN-STATISTICS',
    });
    app.clock.advanceDays(2);
    const held = await aLoan(app, { ...borrower, lease_id: other.id, loan_amount: '300.00' });
    await finance.put(`/loans/${held.loan_id}/status`, { status: 'ON_HOLD', reason: 'Leave' });
    const gone = await aLoan(app, { ...borrower, lease_id: other.id, loan_amount: '700.00' });
    await finance.put(`/loans/${gone.loan_id}/status`, { status: 'CANCELLED', reason: 'Mistake' });

    const first = {
      ...NOTHING,
      total_loans: 1,
      active_loans: 1,
      total_amount_disbursed: '1500.00',
      // three days of interest, 1.23, are paid first
      total_amount_collected: '101.64',
      total_outstanding: '1399.59',
      total_interest_collected: '1.23',
    };
    const second = {
      ...NOTHING,
      total_loans: 2,
      on_hold_loans: 1,
      cancelled_loans: 1,
      total_amount_disbursed: '300.00',
      total_outstanding: '300.00',
    };
    expect(await statistics({ driver_id })).toEqual({
      ...first,
      total_loans: 3,
      on_hold_loans: 1,
      cancelled_loans: 1,
      total_amount_disbursed: '1800.00',
      total_outstanding: '1699.59',
    });
    expect(await statistics({ driver_id, lease_id: borrower.lease_id })).toEqual(first);
    expect(await statistics({ driver_id, date_to: '2025-10-30' })).toEqual(first);
    expect(await statistics({ lease_id: other.id })).toEqual(second);
    expect(await statistics({ driver_id, status: 'ACTIVE' })).toEqual(first);
    expect(await statistics({ q: loan.loan_id })).toEqual(first);
    expect(await statistics({ q: loan.loan_id, status: 'ON_HOLD' })).toEqual(NOTHING);
    expect(await statistics({ driver_id, date_from: '2025-10-31', date_to: '2025-10-31' })).toEqual(second);
    expect(await statistics({ driver_id, lease_id: other.id, date_to: '2025-10-30' })).toEqual(NOTHING);
  });

  it('includes every loan without filters', async () => {
    const [{ count, sum }] = await app.db.query<[{ count: number; sum: string }]>(
      `SELECT count(*)::integer, sum(loan_amount) FROM driver_loans WHERE status <> 'CANCELLED'`,
    );
    const all = await statistics({});
    expect(all.total_loans - all.cancelled_loans).toBe(count);
    expect(all.total_amount_disbursed).toBe(sum);
  });

  it.each(['driver_id=x', 'lease_id=0', 'date_from=2025-02-29', 'date_to=', 'status=PAUSED', 'page=1'])(
    'rejects ?%s',
    async (filter) => {
      expectFieldErrors(await finance.get(`/loans/statistics/summary?${filter}`), filter.split('=')[0] ?? '');
    },
  );
});
