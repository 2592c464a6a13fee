import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { brokenConstraintOf, Tx } from '../../../platform/database/transactions.js';
import { Driver } from '../entities/driver.entity.js';

@Injectable()
export class DriverRepository {
  /** Returns the id of the new driver. Throws TLC_LICENSE_TAKEN, also where two register it at the same moment. */
  async add(tx: Tx, driver: Omit<Driver, 'id'>): Promise<number> {
    const row = tx.create(Driver, driver);
    await tx.insert(Driver, row).catch((error: unknown) => {
      throw orTaken(error, driver.tlcLicenseNumber);
    });
    return row.id;
  }

  /** Changes the fields given, where there is such a driver. Throws TLC_LICENSE_TAKEN. */
  async update(tx: Tx, id: number, changes: Partial<Omit<Driver, 'id'>>): Promise<void> {
    await tx.update(Driver, { id }, changes).catch((error: unknown) => {
      throw orTaken(error, changes.tlcLicenseNumber);
    });
  }

  /** Holds the driver, where there is one, for a change until the transaction ends. */
  async lock(tx: Tx, id: number): Promise<void> {
    await tx.query('SELECT 1 FROM drivers WHERE id = $1 FOR NO KEY UPDATE', [id]);
  }

  /** Holds the driver as it is until the transaction ends; others may hold it too, nobody may change it. */
  lockShared(tx: Tx, id: number): Promise<Driver | null> {
    return tx.findOne(Driver, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }

  /** The same for all of these that there are, in the order of their ids. */
  lockSharedByLicense(tx: Tx, tlcLicenseNumbers: readonly string[]): Promise<Driver[]> {
    return tx.find(Driver, {
      where: { tlcLicenseNumber: In([...tlcLicenseNumbers]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
  }
}

function orTaken(error: unknown, tlcLicenseNumber: string | undefined): unknown {
  if (brokenConstraintOf(error) !== 'uq_drivers_tlc_license_number') return error;
  return new DomainError('TLC_LICENSE_TAKEN', `TLC license ${tlcLicenseNumber} belongs to another driver.`);
}
