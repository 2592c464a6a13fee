import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { fullName } from '../identity/tlc-name.js';
import type { Driver } from './driver.entity.js';
import { DriverRepository } from './driver.repository.js';

/** What other modules may ask of the drivers. */
@Injectable()
export class DriverQueryService {
  constructor(private readonly drivers: DriverRepository) {}

  /** How many drivers there are. */
  count(tx: Tx): Promise<number> {
    return this.drivers.count(tx);
  }

  /**
   * Makes sure that the driver named in a body exists and is active, and stays so until the transaction ends.
   * Throws DRIVER_UNKNOWN or DRIVER_NOT_ACTIVE.
   */
  async requireActive(tx: Tx, driverId: number): Promise<void> {
    const driver = await this.drivers.lockShared(tx, driverId);
    if (!driver) throw new DomainError('DRIVER_UNKNOWN', `There is no driver ${driverId}.`);
    const refusal = refusalOf(driver);
    if (refusal) throw refusal;
  }

  /**
   * As `requireActive`, for many drivers by their TLC license numbers: answers the id of each, or why it is refused. All
   * of them stay as they are until the transaction ends, and no other transaction locks them here meanwhile.
   */
  async findActive(tx: Tx, licenses: readonly string[]): Promise<ReadonlyMap<string, number | DomainError>> {
    const drivers = await this.drivers.lockByLicense(tx, licenses);
    const byLicense = new Map(drivers.map((driver) => [driver.tlcLicenseNumber, driver]));
    return new Map(licenses.map((license) => [license, idOrRefusal(license, byLicense.get(license))]));
  }

  /**
   * As `requireActive` for each of the drivers, in one statement where all of them are active. Until the transaction ends
   * they are locked for a change: who asks for one of them here waits.
   */
  async requireAllActive(tx: Tx, driverIds: readonly number[]): Promise<void> {
    const active = await this.drivers.lockActive(tx, driverIds);
    for (const id of driverIds) if (!active.has(id)) await this.requireActive(tx, id);
  }
}

function idOrRefusal(license: string, driver: Driver | undefined): number | DomainError {
  if (!driver)
    return new DomainError('DRIVER_UNKNOWN', `There is no driver with the TLC license ${license}.`);
  return refusalOf(driver) ?? driver.id;
}

function refusalOf({ id, firstName, lastName, status }: Driver): DomainError | null {
  if (status === 'ACTIVE') return null;
  const name = fullName({ first_name: firstName, last_name: lastName });
  return new DomainError('DRIVER_NOT_ACTIVE', `Driver ${id}, ${name}, is ${status}, not ACTIVE.`);
}
