import { DriverQueryService } from '../../../src/modules/drivers/index.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aDriver } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

describe('DriverQueryService', () => {
  let app: TestApp;
  let transactions: Transactions;
  let directory: DriverQueryService;

  beforeAll(async () => {
    app = await startTestApp();
    transactions = app.get(Transactions);
    directory = app.get(DriverQueryService);
  });

  afterAll(() => app.close());

  const requireActive = (driverId: number): Promise<void> =>
    transactions.run((tx) => directory.requireActive(tx, driverId));

  it('accepts an active driver', async () => {
    const driver = await aDriver(app);
    await expect(requireActive(driver.id)).resolves.toBeUndefined();
  });

  it('names the id of an unknown driver in the error', async () => {
    await expect(requireActive(2_147_483_647)).rejects.toMatchObject({
      code: 'DRIVER_UNKNOWN',
      message: 'There is no driver 2147483647.',
    });
  });

  it.each(['INACTIVE', 'SUSPENDED'] as const)('rejects a driver with the status %s', async (status) => {
    const driver = await aDriver(app, { first_name: 'Amar', last_name: 'Singh', status });
    await expect(requireActive(driver.id)).rejects.toMatchObject({
      code: 'DRIVER_NOT_ACTIVE',
      message: `Driver ${driver.id} (Amar Singh) is ${status}, not ACTIVE.`,
    });
  });

  it('blocks a status change of a driver until the checking transaction has ended', async () => {
    const driver = await aDriver(app);
    const finance = app.as('FINANCE');
    await finance.get('/drivers'); // signs in before the locks
    const order: string[] = [];
    const suspension = await transactions.run(async (tx) => {
      await directory.requireActive(tx, driver.id);
      const waiting = finance.patch(`/drivers/${driver.id}`, { status: 'SUSPENDED' }).then((answer) => {
        order.push('suspended');
        return answer;
      });
      await waitForLockWaiters(app.db, 1);
      order.push('asker done');
      return { waiting };
    });
    expect((await suspension.waiting).status).toBe(200);
    expect(order).toEqual(['asker done', 'suspended']);
  });

  it('lets two transactions check the same driver at the same time', async () => {
    const driver = await aDriver(app);
    await transactions.run(async (tx) => {
      await directory.requireActive(tx, driver.id);
      await requireActive(driver.id);
    });
  });
});
