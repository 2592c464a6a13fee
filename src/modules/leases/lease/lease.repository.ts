import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { violatedConstraint, Tx } from '../../../platform/database/transactions.js';
import { Lease } from './lease.entity.js';

/** The fields of a lease that can change. */
export type LeaseChanges = Pick<Lease, 'startDate' | 'endDate' | 'status' | 'updatedOn'>;

/** A new lease with medallion number and plate instead of ids. */
export interface NumberedLease {
  readonly lease_number: string;
  readonly driver_id: number;
  readonly medallion_number: string;
  readonly vehicle_plate: string;
  readonly start_date: CalendarDate;
  readonly end_date?: CalendarDate | null;
}

interface LeaseKey {
  readonly id: number;
  readonly lease_number: string;
}

const ADD_ALL = `
  INSERT INTO leases (lease_number, driver_id, medallion_id, vehicle_id, start_date, end_date, status, created_on,
    updated_on)
  SELECT lease_number, driver_id, medallion.id, vehicle.id, start_date, end_date, 'ACTIVE', $1::timestamptz,
         $1::timestamptz
  FROM jsonb_to_recordset($2::jsonb)
    AS lease (position integer, lease_number text, driver_id integer, medallion_number text, vehicle_plate text,
              start_date date, end_date date)
  JOIN medallions medallion USING (medallion_number)
  JOIN vehicles vehicle ON vehicle.plate = vehicle_plate
  ORDER BY position
  RETURNING id, lease_number`;

@Injectable()
export class LeaseRepository {
  /** Returns the id of the new lease. Throws LEASE_NUMBER_TAKEN, also for a concurrent insert. */
  async add(tx: Tx, lease: Omit<Lease, 'id'>): Promise<number> {
    const row = tx.create(Lease, lease);
    await tx.insert(Lease, row).catch((error: unknown) => {
      throw mapUniqueViolation(error, lease.leaseNumber);
    });
    return row.id;
  }

  /** Adds leases for existing medallions and vehicles. Returns their ids by lease number. Throws LEASE_NUMBER_TAKEN. */
  async addAll(tx: Tx, leases: readonly NumberedLease[], at: Date): Promise<Map<string, number>> {
    const parameters = [at, JSON.stringify(leases.map((lease, position) => ({ position, ...lease })))];
    const rows = await tx.query<LeaseKey[]>(ADD_ALL, parameters).catch((error: unknown) => {
      throw mapUniqueViolation(error, null);
    });
    return new Map(rows.map((row) => [row.lease_number, row.id]));
  }

  async update(tx: Tx, id: number, changes: LeaseChanges): Promise<void> {
    await tx.update(Lease, { id }, changes);
  }

  /** Locks the lease for a change until the transaction ends. Throws LEASE_NOT_FOUND. */
  async lock(tx: Tx, id: number): Promise<Lease> {
    const lease = await tx.findOne(Lease, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!lease) throw new DomainError('LEASE_NOT_FOUND', `There is no lease ${id}.`);
    return lease;
  }

  /**
   * Locks the active ones of these leases in share mode until the transaction ends. Returns the driver ids by lease id.
   */
  async lockActive(tx: Tx, ids: readonly number[]): Promise<Map<number, number>> {
    const rows = await tx.query<{ id: number; driver_id: number }[]>(
      `SELECT id, driver_id FROM leases WHERE id = ANY($1) AND status = 'ACTIVE' ORDER BY id FOR SHARE`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row.driver_id]));
  }

  /**
   * Locks the lease in share mode until the transaction ends: other transactions can also lock it in share mode, but
   * not change it.
   */
  lockShared(tx: Tx, id: number): Promise<Lease | null> {
    return tx.findOne(Lease, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }

  /** Like `lockShared`, for all existing leases with these numbers, in the order of their ids. */
  lockSharedByNumber(tx: Tx, leaseNumbers: readonly string[]): Promise<Lease[]> {
    return tx.find(Lease, {
      where: { leaseNumber: In([...leaseNumbers]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
  }
}

function mapUniqueViolation(error: unknown, leaseNumber: string | null): unknown {
  if (violatedConstraint(error) !== 'uq_leases_lease_number') return error;
  const message =
    leaseNumber === null ? 'One of the leases already exists.' : `Lease ${leaseNumber} already exists.`;
  return new DomainError('LEASE_NUMBER_TAKEN', message);
}
