import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';

/** The account of a driver: its lock is the driver's row, until the end of the transaction. */
@Injectable()
export class AccountRepository {
  /** Locks the account of the driver who has the lease. False: the driver does not have it. */
  async lockOfLease(tx: Tx, driverId: number, leaseId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM drivers d JOIN leases le ON le.driver_id = d.id
       WHERE d.id = $1 AND le.id = $2
       FOR NO KEY UPDATE OF d`,
      [driverId, leaseId],
    );
    return rows.length > 0;
  }

  /** Locks the accounts in the order of the drivers' ids, the same order everywhere. Answers how many there are. */
  async lockAll(tx: Tx, driverIds: readonly number[]): Promise<number> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM drivers WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE',
      [driverIds],
    );
    return rows.length;
  }
}
