import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import { LATEST_LEASE } from './latest-lease.sql.js';

/** Held by the one batch of a posting that applies unused credits. Arbitrary, and not used by any other lock */
const CREDIT_LOCK = 4_270_005;

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

  /** The latest lease of the driver, or null if the driver never had one. */
  async findLatestLease(tx: Tx, driverId: number): Promise<number | null> {
    const rows = await tx.query<{ id: number }[]>(LATEST_LEASE('$1'), [driverId]);
    return rows[0]?.id ?? null;
  }

  /** Locks the accounts in the order of the driver ids, which is the same everywhere. Returns how many exist. */
  async lockAll(tx: Tx, driverIds: readonly number[]): Promise<number> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM drivers WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE',
      [driverIds],
    );
    return rows.length;
  }

  /**
   * Locks the accounts against everyone but other callers of this, and then, if one of the drivers has unused credit, takes
   * the lock for applying credits: no credit is used twice by callers that share its account.
   */
  async shareAll(tx: Tx, driverIds: readonly number[]): Promise<void> {
    await tx.query(
      `SELECT count(*) FROM (SELECT 1 FROM drivers WHERE id = ANY($1) ORDER BY id FOR SHARE) AS locked`,
      [driverIds],
    );
    await tx.query(
      `SELECT pg_advisory_xact_lock($2)
       WHERE EXISTS (SELECT 1 FROM ledger_credits WHERE driver_id = ANY($1) AND left_over > 0)`,
      [driverIds, CREDIT_LOCK],
    );
  }
}
