import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { brokenConstraintOf, Tx } from '../../../platform/database/transactions.js';
import { Lease } from '../entities/lease.entity.js';

/** What may change of a lease. */
export type LeaseAlteration = Pick<Lease, 'startDate' | 'endDate' | 'status' | 'updatedOn'>;

@Injectable()
export class LeaseRepository {
  /** Returns the id of the new lease. Throws LEASE_NUMBER_TAKEN, also where two sign it at the same moment. */
  async add(tx: Tx, lease: Omit<Lease, 'id'>): Promise<number> {
    const row = tx.create(Lease, lease);
    await tx.insert(Lease, row).catch((error: unknown) => {
      if (brokenConstraintOf(error) !== 'uq_leases_lease_number') throw error;
      throw new DomainError('LEASE_NUMBER_TAKEN', `There is already a lease ${lease.leaseNumber}.`);
    });
    return row.id;
  }

  async update(tx: Tx, id: number, alteration: LeaseAlteration): Promise<void> {
    await tx.update(Lease, { id }, alteration);
  }

  async idsOf(tx: Tx, leaseNumbers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ id: number; lease_number: string }[]>(
      'SELECT id, lease_number FROM leases WHERE lease_number = ANY($1)',
      [leaseNumbers],
    );
    return new Map(rows.map(({ id, lease_number }) => [lease_number, id]));
  }

  /** Holds the lease for a change until the transaction ends. */
  lock(tx: Tx, id: number): Promise<Lease | null> {
    return tx.findOne(Lease, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Holds the lease as it is until the transaction ends; others may hold it too, nobody may change it. */
  lockShared(tx: Tx, id: number): Promise<Lease | null> {
    return tx.findOne(Lease, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }
}
