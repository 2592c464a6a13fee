import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DriverRepository } from './repositories/driver.repository.js';

/** What other modules may ask of the drivers. */
@Injectable()
export class DriverDirectory {
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
    if (driver.status !== 'ACTIVE') {
      const name = `${driver.firstName} ${driver.lastName}`;
      throw new DomainError(
        'DRIVER_NOT_ACTIVE',
        `Driver ${driverId}, ${name}, is ${driver.status}, not ACTIVE.`,
      );
    }
  }

  /** As `requireActive` for each of the drivers, in one statement where all of them are active. */
  async requireAllActive(tx: Tx, driverIds: readonly number[]): Promise<void> {
    const active = await this.drivers.lockActive(tx, driverIds);
    for (const id of driverIds) if (!active.has(id)) await this.requireActive(tx, id);
  }
}
