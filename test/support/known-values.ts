import { aLoan } from './factories.js';
import { LedgerClient } from './ledger-client.js';
import type { KnownValues } from './request-arbitraries.js';
import type { TestApp } from './test-app.js';

const LOANS = 18;

/** Creates loans in several states, with postings, balances, posting runs and settlement runs. Returns their ids and other valid values. */
export async function knownValuesOf(
  app: TestApp,
  user: { email: string; password: string },
): Promise<KnownValues> {
  const finance = app.as('FINANCE');
  const loans: Awaited<ReturnType<typeof aLoan>>[] = [];
  // one after the other, so that each loan has the same id and the same state in every run
  for (let place = 0; place < LOANS; place += 1) {
    const loan = await aLoan(app);
    const { loan_id, driver_id, lease_id } = loan;
    loans.push(loan);
    await new LedgerClient(app).owe({ driver_id, lease_id }, { amount: '450.00' });
    if (place % 4 > 1) await app.as('ADMIN').post(`/loans/${loan_id}/approve`, {});
    if (place % 4 > 2) await finance.post('/loans/installments/post', { loan_id });
    await finance.post('/ledger/settlement-runs', {
      payment_period_start: '2025-10-26',
      lines: [{ driver_id, amount: '50.00', source_id: `EARN-${loan_id}` }],
    });
  }
  const all = async (path: string, field: string): Promise<(string | number)[]> => {
    const { body } = await finance.get<{ items: Record<string, string | number>[] }>(`${path}?page_size=100`);
    return body.items.map((item) => item[field] ?? '');
  };
  const { body: page } = await app.as('ADMIN').get<{ items: { user_id: number; email: string }[] }>('/users');
  const sundays = ['2025-10-26', '2025-11-02'];
  return {
    loan_id: loans.map(({ loan_id }) => loan_id),
    driver_id: loans.map(({ driver_id }) => driver_id),
    lease_id: loans.map(({ lease_id }) => lease_id),
    medallion_id: await all('/leases', 'medallion_id'),
    vehicle_id: await all('/leases', 'vehicle_id'),
    posting_id: await all('/ledger/postings', 'posting_id'),
    balance_id: await all('/ledger/balances', 'balance_id'),
    run_id: [
      ...(await all('/loans/posting-runs', 'run_id')),
      ...(await all('/ledger/settlement-runs', 'run_id')),
    ],
    // not the user who signs in with the password below
    user_id: page.items.filter(({ email }) => email !== user.email).map(({ user_id }) => user_id),
    start_week: sundays,
    resume_week: sundays,
    period_start: sundays,
    payment_period_start: sundays,
    start_date: sundays,
    end_date: ['2026-10-31'],
    due_date: ['2025-11-08'],
    payment_period_end: ['2025-11-01', '2025-11-08'],
    email: [user.email],
    password: [user.password],
  };
}
