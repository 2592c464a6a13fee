import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import { requireLeasePeriod } from './lease-period.js';
import type { LeaseStatus } from './lease-status.js';
import type { LeaseView } from './lease-view.sql.js';
import { LeaseQuery } from './lease.query.js';
import { LeaseRepository } from './lease.repository.js';

/** The fields to change. An end_date of null removes the end. */
export interface LeaseChanges {
  readonly start_date?: CalendarDate;
  readonly end_date?: CalendarDate | null;
  readonly status?: LeaseStatus;
}

@Injectable()
export class LeaseUpdateService {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly leases: LeaseRepository,
    private readonly query: LeaseQuery,
  ) {}

  /** Throws VALIDATION_FAILED if no field is given, LEASE_NOT_FOUND, STALE_RECORD, LEASE_DATES_INVALID. */
  update(actor: Actor, leaseId: number, changes: LeaseChanges, ifMatch?: IfMatch): Promise<LeaseView> {
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new DomainError('VALIDATION_FAILED', 'Send at least one field to change.');
    }
    return this.changes.update(actor, {
      action: 'lease.update',
      record: this.query,
      id: leaseId,
      ifMatch,
      fields: changes,
      lock: (tx) => this.leases.lock(tx, leaseId),
      work: (tx, lease) => {
        const startDate = changes.start_date ?? lease.startDate;
        const endDate = changes.end_date === undefined ? lease.endDate : changes.end_date;
        requireLeasePeriod(startDate, endDate, [lease.startDate, lease.endDate]);
        return this.leases.update(tx, leaseId, {
          startDate,
          endDate,
          status: changes.status ?? lease.status,
          updatedOn: this.clock.now(),
        });
      },
    });
  }
}
