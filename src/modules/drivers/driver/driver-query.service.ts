import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { NamedDriver } from '../identity/named-driver.sql.js';
import { fullName } from '../identity/tlc-name.js';
import type { Driver } from './driver.entity.js';
import { DriverQuery } from './driver.query.js';
import { DriverRepository } from './driver.repository.js';

/** Reads and checks drivers for the other modules. */
@Injectable()
export class DriverQueryService {
  constructor(
    private readonly drivers: DriverRepository,
    private readonly query: DriverQuery,
  ) {}

  /** The number of drivers. */
  count(tx: Tx): Promise<number> {
    return this.drivers.count(tx);
  }

  /** The fields that identify the driver. Throws DRIVER_NOT_FOUND. */
  async getNamed(driverId: number, db: SqlRunner): Promise<NamedDriver> {
    const { id, tlc_license_number, first_name, last_name } = await this.query.get(driverId, db);
    return { id, tlc_license_number, first_name, last_name };
  }

  /**
   * Checks that a driver from a request body exists and is active, and locks the driver until the transaction ends.
   * Throws DRIVER_UNKNOWN or DRIVER_NOT_ACTIVE.
   */
  async requireActive(tx: Tx, driverId: number): Promise<void> {
    const driver = await this.drivers.lockShared(tx, driverId);
    if (!driver) throw new DomainError('DRIVER_UNKNOWN', `There is no driver ${driverId}.`);
    const error = statusErrorOf(driver, `${driverId} (${nameOf(driver)})`);
    if (error) throw error;
  }

  /**
   * Like `requireActive`, for many drivers by TLC license number. Returns the id of each driver or the error. Locks all
   * of them until the transaction ends; another transaction that calls this method for one of them waits.
   */
  async findActive(tx: Tx, licenses: readonly string[]): Promise<ReadonlyMap<string, number | DomainError>> {
    const drivers = await this.drivers.lockByLicense(tx, licenses);
    const byLicense = new Map(drivers.map((driver) => [driver.tlcLicenseNumber, driver]));
    return new Map(licenses.map((license) => [license, idOrError(license, byLicense.get(license))]));
  }

  /**
   * Like `requireActive` for each of the drivers, in one statement if all of them are active. Locks them for a change
   * until the transaction ends; another transaction that calls this method for one of them waits.
   */
  async requireAllActive(tx: Tx, driverIds: readonly number[]): Promise<void> {
    const active = await this.drivers.lockActive(tx, driverIds);
    for (const id of driverIds) if (!active.has(id)) await this.requireActive(tx, id);
  }
}

function idOrError(license: string, driver: Driver | undefined): number | DomainError {
  if (!driver)
    return new DomainError('DRIVER_UNKNOWN', `There is no driver with the TLC license ${license}.`);
  return statusErrorOf(driver, `${nameOf(driver)} (TLC license ${license})`) ?? driver.id;
}

/** @param label the driver as the request or the file names it */
function statusErrorOf({ status }: Driver, label: string): DomainError | null {
  if (status === 'ACTIVE') return null;
  return new DomainError('DRIVER_NOT_ACTIVE', `Driver ${label} is ${status}, not ACTIVE.`);
}

function nameOf({ firstName, lastName }: Driver): string {
  return fullName({ first_name: firstName, last_name: lastName });
}
