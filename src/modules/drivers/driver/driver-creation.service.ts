import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import type { DriverStatus } from './driver-status.js';
import type { Driver } from './driver.entity.js';
import type { DriverView } from './driver.view.js';
import { DriverQuery } from './driver.query.js';
import { DriverRepository } from './driver.repository.js';

export interface NewDriver {
  readonly tlc_license_number: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly phone?: string | null;
  readonly email?: string | null;
  /** Default ACTIVE */
  readonly status?: DriverStatus;
}

@Injectable()
export class DriverCreationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly drivers: DriverRepository,
    private readonly query: DriverQuery,
  ) {}

  /** Throws TLC_LICENSE_TAKEN. */
  register(actor: Actor, newDriver: NewDriver, request?: IdempotentRequest): Promise<DriverView> {
    const now = this.clock.now();
    return this.changes.create(actor, {
      action: 'driver.create',
      record: this.query,
      request,
      work: (tx) => this.drivers.add(tx, rowOf(newDriver, now)),
    });
  }

  /**
   * Registers many drivers, all or none. Returns their ids by license number. Throws TLC_LICENSE_TAKEN. It writes no audit
   * entries: the caller records one for all of them.
   */
  registerAll(newDrivers: readonly NewDriver[]): Promise<ReadonlyMap<string, number>> {
    const rows = newDrivers.map((newDriver) => rowOf(newDriver, this.clock.now()));
    return this.transactions.run((tx) => this.drivers.addAll(tx, rows));
  }
}

function rowOf(newDriver: NewDriver, now: Date): Omit<Driver, 'id'> {
  return {
    tlcLicenseNumber: newDriver.tlc_license_number,
    firstName: newDriver.first_name,
    lastName: newDriver.last_name,
    phone: newDriver.phone ?? null,
    email: newDriver.email ?? null,
    status: newDriver.status ?? 'ACTIVE',
    createdOn: now,
    updatedOn: now,
  };
}
