import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import type { NewDriver } from './driver-creation.service.js';
import type { DriverView } from './driver.view.js';
import { DriverQuery } from './driver.query.js';
import { DriverRepository } from './driver.repository.js';

/** The fields to change; null clears a phone or an e-mail address. */
export type DriverChanges = Partial<NewDriver>;

@Injectable()
export class DriverUpdateService {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly drivers: DriverRepository,
    private readonly query: DriverQuery,
  ) {}

  /** Throws VALIDATION_FAILED if no field is given, DRIVER_NOT_FOUND, STALE_RECORD, TLC_LICENSE_TAKEN. */
  update(actor: Actor, driverId: number, changes: DriverChanges, ifMatch?: IfMatch): Promise<DriverView> {
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new DomainError('VALIDATION_FAILED', 'Send at least one field to change.');
    }
    return this.changes.update(actor, {
      action: 'driver.update',
      record: this.query,
      id: driverId,
      ifMatch,
      fields: changes,
      lock: (tx) => this.drivers.lock(tx, driverId),
      work: (tx) =>
        this.drivers.update(tx, driverId, {
          tlcLicenseNumber: changes.tlc_license_number,
          firstName: changes.first_name,
          lastName: changes.last_name,
          phone: changes.phone,
          email: changes.email,
          status: changes.status,
          updatedOn: this.clock.now(),
        }),
    });
  }
}
