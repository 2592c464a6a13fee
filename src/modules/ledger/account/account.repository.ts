import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';

const LOCK_OF_LEASE = prepared(`
  SELECT 1 FROM drivers d JOIN leases le ON le.driver_id = d.id
  WHERE d.id = $1 AND le.id = $2
  FOR NO KEY UPDATE OF d`);

/** Locks driver accounts: the lock is on the driver row and is held until the transaction ends. */
@Injectable()
export class AccountRepository {
  /** Locks the account of the driver who has the lease. Returns false if the driver does not have it. */
  async lockOfLease(tx: Tx, driverId: number, leaseId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(LOCK_OF_LEASE, [driverId, leaseId]);
    return rows.length > 0;
  }

  /** Locks the accounts in the order of the driver ids, which is the same everywhere. Returns how many exist. */
  async lockAll(tx: Tx, driverIds: readonly number[]): Promise<number> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM drivers WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE',
      [driverIds],
    );
    return rows.length;
  }
}
