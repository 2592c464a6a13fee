import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { changesNothing } from '../../../platform/audit/changed-fields.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { IfMatch, requireMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import type { NewDriver } from './driver-creation.service.js';
import type { DriverView } from './driver.view.js';
import { DriverQuery } from './driver.query.js';
import { DriverRepository } from './driver.repository.js';

/** The fields to change; null clears a phone or an e-mail address. */
export type DriverChanges = Partial<NewDriver>;

@Injectable()
export class DriverUpdateService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly drivers: DriverRepository,
    private readonly query: DriverQuery,
    private readonly audit: AuditLog,
  ) {}

  /** Throws VALIDATION_FAILED where nothing is to change, DRIVER_NOT_FOUND, STALE_RECORD, TLC_LICENSE_TAKEN. */
  async update(
    actor: Actor,
    driverId: number,
    changes: DriverChanges,
    ifMatch?: IfMatch,
  ): Promise<DriverView> {
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new DomainError('VALIDATION_FAILED', 'Name at least one field to change.');
    }
    return this.transactions.run(async (tx) => {
      await this.drivers.lock(tx, driverId);
      const before = await this.query.get(driverId, tx);
      requireMatch(ifMatch, before);
      if (changesNothing(before, changes)) return before;
      await this.drivers.update(tx, driverId, {
        tlcLicenseNumber: changes.tlc_license_number,
        firstName: changes.first_name,
        lastName: changes.last_name,
        phone: changes.phone,
        email: changes.email,
        status: changes.status,
        updatedOn: this.clock.now(),
      });
      const after = await this.query.get(driverId, tx);
      await this.audit.record(tx, actor, {
        action: 'driver.update',
        recordType: 'driver',
        recordId: driverId,
        before,
        after,
      });
      return after;
    });
  }
}
