import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { violatedConstraint, Tx } from '../../../platform/database/transactions.js';
import { Driver } from './driver.entity.js';

interface DriverKey {
  readonly id: number;
  readonly tlc_license_number: string;
}

const ADD_ALL = `
  INSERT INTO drivers (tlc_license_number, first_name, last_name, phone, email, status, created_on, updated_on)
  SELECT "tlcLicenseNumber", "firstName", "lastName", phone, email, status, "createdOn", "createdOn"
  FROM jsonb_to_recordset($1::jsonb)
    AS driver (position integer, "tlcLicenseNumber" text, "firstName" text, "lastName" text, phone text, email text,
               status text, "createdOn" timestamptz)
  ORDER BY position
  RETURNING id, tlc_license_number`;

@Injectable()
export class DriverRepository {
  /** Returns the id of the new driver. Throws TLC_LICENSE_TAKEN, also for a concurrent insert. */
  async add(tx: Tx, driver: Omit<Driver, 'id'>): Promise<number> {
    const row = tx.create(Driver, driver);
    await tx.insert(Driver, row).catch((error: unknown) => {
      throw mapUniqueViolation(error, driver.tlcLicenseNumber);
    });
    return row.id;
  }

  /** Returns the ids of the new drivers by their license numbers. Throws TLC_LICENSE_TAKEN. */
  async addAll(tx: Tx, drivers: readonly Omit<Driver, 'id'>[]): Promise<Map<string, number>> {
    const parameters = [JSON.stringify(drivers.map((driver, position) => ({ position, ...driver })))];
    const rows = await tx.query<DriverKey[]>(ADD_ALL, parameters).catch((error: unknown) => {
      throw mapUniqueViolation(error, 'of one of the drivers');
    });
    return new Map(rows.map((row) => [row.tlc_license_number, row.id]));
  }

  /** Changes the given fields if the driver exists. Throws TLC_LICENSE_TAKEN. */
  async update(tx: Tx, id: number, changes: Partial<Omit<Driver, 'id'>>): Promise<void> {
    await tx.update(Driver, { id }, changes).catch((error: unknown) => {
      throw mapUniqueViolation(error, changes.tlcLicenseNumber);
    });
  }

  /** The number of drivers. */
  async count(tx: Tx): Promise<number> {
    const rows = await tx.query<[{ count: number }]>('SELECT count(*)::integer AS count FROM drivers');
    return rows[0].count;
  }

  /** Locks the driver for a change until the transaction ends. */
  async lock(tx: Tx, id: number): Promise<void> {
    await tx.query('SELECT 1 FROM drivers WHERE id = $1 FOR NO KEY UPDATE', [id]);
  }

  /** Locks the active ones of these drivers for a change until the transaction ends. Returns their ids. */
  async lockActive(tx: Tx, ids: readonly number[]): Promise<Set<number>> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT id FROM drivers WHERE id = ANY($1) AND status = 'ACTIVE' ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Locks the driver in share mode until the transaction ends: other transactions can also lock it in share mode, but
   * not change it.
   */
  lockShared(tx: Tx, id: number): Promise<Driver | null> {
    return tx.findOne(Driver, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }

  /**
   * Locks the existing drivers with these license numbers for a change until the transaction ends, in the order of
   * their ids.
   */
  lockByLicense(tx: Tx, tlcLicenseNumbers: readonly string[]): Promise<Driver[]> {
    return tx.find(Driver, {
      where: { tlcLicenseNumber: In([...tlcLicenseNumbers]) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
  }
}

function mapUniqueViolation(error: unknown, tlcLicenseNumber: string | undefined): unknown {
  if (violatedConstraint(error) !== 'uq_drivers_tlc_license_number') return error;
  return new DomainError('TLC_LICENSE_TAKEN', `TLC license ${tlcLicenseNumber} belongs to another driver.`);
}
