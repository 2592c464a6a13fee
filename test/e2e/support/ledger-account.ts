import { aLease } from '../../support/factories.js';
import type { BorrowerRef } from '../../support/borrower-ref.js';
import type { TestApp } from '../../support/test-app.js';

/** A new lease with its driver: of a new driver by default. */
export async function aLedgerAccount(app: TestApp, driver_id?: number): Promise<BorrowerRef> {
  const lease = await aLease(app, driver_id === undefined ? {} : { driver_id });
  return { driver_id: lease.driver_id, lease_id: lease.id };
}
