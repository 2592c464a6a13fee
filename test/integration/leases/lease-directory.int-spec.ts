import { LeaseQueryService } from '../../../src/modules/leases/index.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aDriver, aLease } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

describe('LeaseQueryService', () => {
  let app: TestApp;
  let transactions: Transactions;
  let directory: LeaseQueryService;

  beforeAll(async () => {
    app = await startTestApp();
    transactions = app.get(Transactions);
    directory = app.get(LeaseQueryService);
  });

  afterAll(() => app.close());

  const requireActiveLeaseOf = (leaseId: number, driverId: number): Promise<void> =>
    transactions.run((tx) => directory.requireActiveLeaseOf(tx, leaseId, driverId));

  it('accepts an active lease of the driver', async () => {
    const lease = await aLease(app);
    await expect(requireActiveLeaseOf(lease.id, lease.driver_id)).resolves.toBeUndefined();
  });

  it('names the id of an unknown lease in the error', async () => {
    await expect(requireActiveLeaseOf(2_147_483_647, 1)).rejects.toMatchObject({
      code: 'LEASE_UNKNOWN',
      message: 'There is no lease 2147483647.',
    });
  });

  it('rejects an active or terminated lease of another driver', async () => {
    const other = await aDriver(app);
    for (const status of ['ACTIVE', 'TERMINATED'] as const) {
      const lease = await aLease(app, { status });
      await expect(requireActiveLeaseOf(lease.id, other.id)).rejects.toMatchObject({
        code: 'LEASE_DRIVER_MISMATCH',
        message: `Lease ${lease.id} (${lease.lease_number}) does not belong to driver ${other.id}.`,
      });
    }
  });

  it.each(['EXPIRED', 'TERMINATED'] as const)('rejects a lease with the status %s', async (status) => {
    const lease = await aLease(app, { status });
    await expect(requireActiveLeaseOf(lease.id, lease.driver_id)).rejects.toMatchObject({
      code: 'LEASE_NOT_ACTIVE',
      message: `Lease ${lease.id} (${lease.lease_number}) is ${status}, not ACTIVE.`,
    });
  });

  it('blocks a status change of a lease until the checking transaction has ended', async () => {
    const lease = await aLease(app);
    const finance = app.as('FINANCE');
    await finance.get('/leases'); // signs in before the locks
    const order: string[] = [];
    const termination = await transactions.run(async (tx) => {
      await directory.requireActiveLeaseOf(tx, lease.id, lease.driver_id);
      const waiting = finance.patch(`/leases/${lease.id}`, { status: 'TERMINATED' }).then((answer) => {
        order.push('terminated');
        return answer;
      });
      await waitForLockWaiters(app.db, 1);
      order.push('asker done');
      return { waiting };
    });
    expect((await termination.waiting).status).toBe(200);
    expect(order).toEqual(['asker done', 'terminated']);
  });
});
