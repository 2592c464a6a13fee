import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';

export let app: TestApp;

export let finance: ApiClient;

/** 500.00 without interest in five weeks from WEEK, all posted in the week of 11-30 */
export let late: LoanDetailResponse;

/** 1,500.00 at 10% in six weeks from 11-30, on hold since its first posting */
export let held: LoanDetailResponse;

/** 1,000.00 without interest in five weeks from 12-14 */
export let coming: LoanDetailResponse;

export const post = (from: string, to: string) =>
  finance.post('/loans/installments/post', { payment_period_start: from, payment_period_end: to });

export const pay = ({ loan_id, driver_id, lease_id }: LoanDetailResponse, amount: string) =>
  finance.post('/ledger/payments', {
    driver_id,
    lease_id,
    amount,
    payment_period_start: app.clock.currentWeek().start,
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan_id}`,
  });

/** Starts the application for the tests of a file. */
export function useReportedLoans(): void {
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
}
