import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { Lease } from './lease.entity.js';
import { LeaseRepository } from './lease.repository.js';

/** A lease and its driver, as a file names them. */
interface NumberedBorrower {
  readonly lease_number: string;
  readonly tlc_license_number: string;
}

/** Reads and checks leases for the other modules. */
@Injectable()
export class LeaseQueryService {
  constructor(private readonly leases: LeaseRepository) {}

  /**
   * Checks that a lease from a request body exists, belongs to the driver and is active, and locks it until the
   * transaction ends. Throws LEASE_UNKNOWN, LEASE_DRIVER_MISMATCH or LEASE_NOT_ACTIVE.
   */
  async requireActiveLeaseOf(tx: Tx, leaseId: number, driverId: number): Promise<void> {
    const lease = await this.leases.lockShared(tx, leaseId);
    if (!lease) throw new DomainError('LEASE_UNKNOWN', `There is no lease ${leaseId}.`);
    const error = leaseErrorOf(lease, driverId, {
      lease: `Lease ${leaseId} (${lease.leaseNumber})`,
      driver: `driver ${driverId}`,
    });
    if (error) throw error;
  }

  /** Like `requireActiveLeaseOf` for each of the leases, in one statement if all of them are valid. */
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
   * Like `requireActiveLeaseOf`, for many leases by number. Returns the id of each lease or the error, in the order of
   * `parties`; an error names lease and driver by their numbers. Locks the leases in share mode until the transaction ends.
   */
  async findActiveOf(
    tx: Tx,
    parties: readonly (NumberedBorrower & { readonly driver_id: number })[],
  ): Promise<(number | DomainError)[]> {
    const leases = await this.leases.lockSharedByNumber(
      tx,
      parties.map(({ lease_number }) => lease_number),
    );
    const byNumber = new Map(leases.map((lease) => [lease.leaseNumber, lease]));
    return parties.map(({ lease_number, tlc_license_number, driver_id }) => {
      const lease = byNumber.get(lease_number);
      if (!lease) return new DomainError('LEASE_UNKNOWN', `There is no lease ${lease_number}.`);
      const labels = {
        lease: `Lease ${lease_number}`,
        driver: `the driver with the TLC license ${tlc_license_number}`,
      };
      return leaseErrorOf(lease, driver_id, labels) ?? lease.id;
    });
  }
}

/** @param labels lease and driver as the request or the file names them */
function leaseErrorOf(
  { driverId, status }: Lease,
  borrowerId: number,
  labels: { readonly lease: string; readonly driver: string },
): DomainError | null {
  if (driverId !== borrowerId) {
    const sentence = `${labels.lease} does not belong to ${labels.driver}.`;
    return new DomainError('LEASE_DRIVER_MISMATCH', sentence);
  }
  if (status === 'ACTIVE') return null;
  return new DomainError('LEASE_NOT_ACTIVE', `${labels.lease} is ${status}, not ACTIVE.`);
}
