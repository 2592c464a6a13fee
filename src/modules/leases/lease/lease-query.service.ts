import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { Lease } from './lease.entity.js';
import { LeaseRepository } from './lease.repository.js';

/** What other modules may ask of the leases. */
@Injectable()
export class LeaseQueryService {
  constructor(private readonly leases: LeaseRepository) {}

  /**
   * Makes sure that the lease named in a body exists, is the driver's and is active, and stays so until the
   * transaction ends. Throws LEASE_UNKNOWN, LEASE_DRIVER_MISMATCH or LEASE_NOT_ACTIVE.
   */
  async requireActiveLeaseOf(tx: Tx, leaseId: number, driverId: number): Promise<void> {
    const lease = await this.leases.lockShared(tx, leaseId);
    if (!lease) throw new DomainError('LEASE_UNKNOWN', `There is no lease ${leaseId}.`);
    const refusal = refusalOf(lease, driverId);
    if (refusal) throw refusal;
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

  /**
   * As `requireActiveLeaseOf`, for many leases by their numbers: answers the id of each, or why it is refused, in step.
   * All of them stay as they are until the transaction ends.
   */
  async findActiveOf(
    tx: Tx,
    parties: readonly { readonly lease_number: string; readonly driver_id: number }[],
  ): Promise<(number | DomainError)[]> {
    const leases = await this.leases.lockSharedByNumber(
      tx,
      parties.map(({ lease_number }) => lease_number),
    );
    const byNumber = new Map(leases.map((lease) => [lease.leaseNumber, lease]));
    return parties.map(({ lease_number, driver_id }) => {
      const lease = byNumber.get(lease_number);
      if (!lease) return new DomainError('LEASE_UNKNOWN', `There is no lease ${lease_number}.`);
      return refusalOf(lease, driver_id) ?? lease.id;
    });
  }
}

function refusalOf({ id, leaseNumber, driverId, status }: Lease, borrowerId: number): DomainError | null {
  const label = `Lease ${id}, ${leaseNumber},`;
  if (driverId !== borrowerId) {
    return new DomainError(
      'LEASE_DRIVER_MISMATCH',
      `${label} belongs to another driver than driver ${borrowerId}.`,
    );
  }
  if (status === 'ACTIVE') return null;
  return new DomainError('LEASE_NOT_ACTIVE', `${label} is ${status}, not ACTIVE.`);
}
