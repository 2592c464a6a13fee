import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { Tx } from '../../platform/database/transactions.js';
import { LeaseRepository } from './repositories/lease.repository.js';

/** What other modules may ask of the leases. */
@Injectable()
export class LeaseDirectory {
  constructor(private readonly leases: LeaseRepository) {}

  /**
   * Makes sure that the lease named in a body exists, is the driver's and is active, and stays so until the
   * transaction ends. Throws LEASE_UNKNOWN, LEASE_OF_OTHER_DRIVER or LEASE_NOT_ACTIVE.
   */
  async requireActiveLeaseOf(tx: Tx, leaseId: number, driverId: number): Promise<void> {
    const lease = await this.leases.lockShared(tx, leaseId);
    if (!lease) throw new DomainError('LEASE_UNKNOWN', `There is no lease ${leaseId}.`);
    const label = `Lease ${leaseId}, ${lease.leaseNumber},`;
    if (lease.driverId !== driverId) {
      throw new DomainError(
        'LEASE_OF_OTHER_DRIVER',
        `${label} belongs to another driver than driver ${driverId}.`,
      );
    }
    if (lease.status !== 'ACTIVE') {
      throw new DomainError('LEASE_NOT_ACTIVE', `${label} is ${lease.status}, not ACTIVE.`);
    }
  }

  /** As `requireActiveLeaseOf` for each of the leases, in one statement where all of them are as they should be. */
  async requireActiveLeases(
    tx: Tx,
    parties: readonly { readonly lease_id: number; readonly driver_id: number }[],
  ): Promise<void> {
    const driverOf = await this.leases.lockActive(
      tx,
      parties.map(({ lease_id }) => lease_id),
    );
    for (const { lease_id, driver_id } of parties) {
      if (driverOf.get(lease_id) !== driver_id) await this.requireActiveLeaseOf(tx, lease_id, driver_id);
    }
  }
}
