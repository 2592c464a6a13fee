import { aDriver, aLease, aLoan } from '../support/factories.js';
import { expectDriverAccountAgrees } from '../support/expect-driver-account.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const get = async <T>(path: string): Promise<T> => {
  const { status, body } = await app.as('MANAGER').get<T & object>(path);
  expect(status).toBe(200);
  return body;
};

async function aDriverWithLeases() {
  const driver = await aDriver(app, { first_name: 'Amar', last_name: 'Quint' });
  const [day, night] = [
    await aLease(app, { driver_id: driver.id }),
    await aLease(app, { driver_id: driver.id }),
  ];
  const [onDay, onNight] = [day, night].map(({ id }) => ({ driver_id: driver.id, lease_id: id }));
  return { driver, day, night, onDay: onDay!, onNight: onNight! };
}

describe('GET /drivers/{driver_id}/account', () => {
  it('shows debts by category and lease, credit and open loans, as the lists show them', async () => {
    const { driver, day, night, onDay, onNight } = await aDriverWithLeases();
    const terms = { loan_amount: '1000.00', start_week: '2025-11-02' };
    const lent = await aLoan(app, { ...onDay, ...terms });
    const held = await aLoan(app, { ...onNight, ...terms, start_week: '2026-01-04' });
    const cancelled = await aLoan(app, { ...onNight, ...terms });
    const finance = app.as('FINANCE');
    const status = (loan: { loan_id: string }, to: string) =>
      finance.put(`/loans/${loan.loan_id}/status`, { status: to, reason: 'As agreed' });
    await status(held, 'ON_HOLD');
    await status(cancelled, 'CANCELLED');
    app.clock.set('2025-11-12T09:00:00-05:00');
    const weeks = { payment_period_start: '2025-11-02', payment_period_end: '2025-11-15' };
    await finance.post('/loans/installments/post', { loan_id: lent.loan_id, ...weeks });
    const toll = await ledger.owe(onNight, { category: 'EZPASS', amount: '40.00', due_date: '2025-11-10' });
    await ledger.dispute('dispute', toll.balance_id);
    await ledger.owe(onNight, { category: 'PVB', amount: '65.00', due_date: '2025-12-01' });
    await ledger.pay({ driver_id: driver.id, lease_id: day.id }, '100.00');

    const account = await expectDriverAccountAgrees(get, driver.id);
    expect(account).toMatchObject({
      driver: { id: driver.id, tlc_license_number: driver.tlc_license_number, last_name: 'Quint' },
      as_of: '2025-11-12',
      categories: [{ category: 'EZPASS' }, { category: 'PVB' }, { category: 'LOANS' }],
      leases: [
        { lease_id: day.id, lease_number: day.lease_number, disputed: '0.00' },
        { lease_id: night.id, disputed: '40.00', outstanding_principal: '1000.00' },
      ],
      loans: [{ loan_id: lent.loan_id }, { loan_id: held.loan_id, status: 'ON_HOLD' }],
    });
    for (const amount of Object.values(account.debts)) expect(amount).not.toBe('0.00');
  });

  it('shows a credit, and a lease with a loan of which nothing is due', async () => {
    const { driver, day, onDay } = await aDriverWithLeases();
    await aLoan(app, { ...onDay, loan_amount: '300.00', start_week: '2026-01-04' });
    await ledger.pay(onDay, '12.34');
    const nothing = { outstanding_balance: '0.00', open: '0.00', disputed: '0.00', overdue: '0.00' };
    expect(await expectDriverAccountAgrees(get, driver.id)).toMatchObject({
      debts: nothing,
      categories: [],
      leases: [{ lease_id: day.id, ...nothing, outstanding_principal: '300.00' }],
      unallocated_credit: '12.34',
      outstanding_principal: '300.00',
    });
  });

  it('is empty for a driver who never had a lease', async () => {
    const { id } = await aDriver(app);
    const account = await expectDriverAccountAgrees(get, id);
    expect(account).toMatchObject({ leases: [], loans: [], unallocated_credit: '0.00' });
  });

  it('refuses an unknown driver, an invalid id, query parameters and requests without a token', async () => {
    const manager = app.as('MANAGER');
    expectProblem(await manager.get('/drivers/2147483647/account'), 404, 'DRIVER_NOT_FOUND');
    expectFieldErrors(await manager.get('/drivers/x/account'), 'driver_id');
    expectProblem(await manager.get('/drivers/1/account?as_of=2025-11-01'), 400, 'VALIDATION_FAILED');
    expectProblem(await app.anonymous.get('/drivers/1/account'), 401, 'UNAUTHENTICATED');
  });
});
