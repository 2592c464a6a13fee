import { addDays, calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiClient } from '../../support/api-client.js';
import { aLease } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

/** A Wednesday in the payment week of 2025-10-26, as in docs/finance-guide.md. */
export const TODAY = '2025-10-29T09:00:00-04:00';

export let app: TestApp;

export let finance: ApiClient;

interface Borrower {
  driver_id: number;
  lease_id: number;
}

export const aBorrower = async (): Promise<Borrower> => {
  const { driver_id, id: lease_id } = await aLease(app);
  return { driver_id, lease_id };
};

export const TERMS = { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' };

/** The example loan of docs/domain.md: due date, principal, interest, total, and the principal and days of the interest. */
const EXAMPLE = [
  ['2025-11-08', '250.00', '4.11', '254.11', '1500.00', 10],
  ['2025-11-15', '250.00', '2.40', '252.40', '1250.00', 7],
  ['2025-11-22', '250.00', '1.92', '251.92', '1000.00', 7],
  ['2025-11-29', '250.00', '1.44', '251.44', '750.00', 7],
  ['2025-12-06', '250.00', '0.96', '250.96', '500.00', 7],
  ['2025-12-13', '250.00', '0.48', '250.48', '250.00', 7],
] as const;

const EXAMPLE_WEEKS = ['2025-11-02', '2025-11-09', '2025-11-16', '2025-11-23', '2025-11-30', '2025-12-07'];

export const EXAMPLE_INSTALLMENTS = EXAMPLE.map(
  ([due_date, principal_amount, interest, total, base, days], index) => ({
    installment_number: index + 1,
    due_date,
    week_start: EXAMPLE_WEEKS[index],
    week_end: due_date,
    principal_amount,
    interest_amount: interest,
    total_due: total,
    interest_basis: {
      principal: base,
      annual_rate: '10.00',
      from: addDays(calendarDate(due_date), -days),
      to: due_date,
      days,
    },
  }),
);

export const create = async (body: object): Promise<LoanDetailResponse> => {
  const answer = await finance.post<LoanDetailResponse>('/loans', body);
  expect(answer.status).toBe(201);
  return answer.body;
};

export const rowsOf = async (...tables: string[]): Promise<number> => {
  const counts = await app.db.query<{ count: number }[]>(
    tables.map((table) => `SELECT count(*)::integer AS count FROM ${table}`).join(' UNION ALL '),
  );
  return counts.reduce((sum, { count }) => sum + count, 0);
};

/** Starts the application for the tests of a file. */
export function useLoans(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: TODAY });
    finance = app.as('FINANCE');
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(TODAY));
}
