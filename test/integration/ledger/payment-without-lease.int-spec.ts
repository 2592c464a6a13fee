import { aBorrower, aDriver, aLease } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-04T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app?.close());

describe('a single payment by hierarchy', () => {
  it('pays without a lease the balances of all leases in one order, under the latest active lease', async () => {
    const borrower = await aBorrower(app);
    const { driver_id } = borrower;
    const latest = await aLease(app, { driver_id, start_date: '2025-06-01' });
    await aLease(app, { driver_id, start_date: '2025-09-01', status: 'EXPIRED' });
    const fee = await ledger.owe(borrower, { category: 'MISC', amount: '10.00' });
    const tax = await ledger.owe({ driver_id, lease_id: latest.id }, { category: 'TAXES', amount: '10.00' });
    const { body } = await ledger.tryToPay(borrower, '15.00', { lease_id: undefined });
    expect(body.posting.lease_id).toBe(latest.id);
    expect(body.allocations.map((part) => [part.balance_id, part.amount_allocated])).toEqual([
      [tax.balance_id, '10.00'],
      [fee.balance_id, '5.00'],
    ]);
  });

  it('is rejected for a driver who never had a lease', async () => {
    const { id: driver_id } = await aDriver(app);
    const answer = await ledger.tryToPay({ driver_id, lease_id: 1 }, '15.00', { lease_id: undefined });
    expect(answer).toMatchObject({ status: 400, body: { code: 'LEASE_DRIVER_MISMATCH' } });
  });
});
