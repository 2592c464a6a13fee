import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { changesNothing } from '../../../platform/audit/changed-fields.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { IfMatch, requireMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import { requireLeasePeriod } from './lease-period.js';
import type { LeaseStatus } from './lease-status.js';
import type { LeaseView } from './lease-view.sql.js';
import { LeaseQuery } from './lease.query.js';
import { LeaseRepository } from './lease.repository.js';

/** The fields to change; null takes the end away. */
export interface LeaseChanges {
  readonly start_date?: CalendarDate;
  readonly end_date?: CalendarDate | null;
  readonly status?: LeaseStatus;
}

@Injectable()
export class LeaseUpdateService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly leases: LeaseRepository,
    private readonly query: LeaseQuery,
    private readonly audit: AuditLog,
  ) {}

  /** Throws VALIDATION_FAILED where nothing is to change, LEASE_NOT_FOUND, STALE_RECORD, LEASE_DATES_INVALID. */
  async amend(actor: Actor, leaseId: number, changes: LeaseChanges, ifMatch?: IfMatch): Promise<LeaseView> {
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new DomainError('VALIDATION_FAILED', 'Name at least one field to change.');
    }
    return this.transactions.run(async (tx) => {
      const lease = await this.leases.lock(tx, leaseId);
      if (!lease) throw new DomainError('LEASE_NOT_FOUND', `There is no lease ${leaseId}.`);
      const before = await this.query.get(leaseId, tx);
      requireMatch(ifMatch, before);
      if (changesNothing(before, changes)) return before;
      const startDate = changes.start_date ?? lease.startDate;
      const endDate = changes.end_date === undefined ? lease.endDate : changes.end_date;
      requireLeasePeriod(startDate, endDate, [lease.startDate, lease.endDate]);
      await this.leases.update(tx, leaseId, {
        startDate,
        endDate,
        status: changes.status ?? lease.status,
        updatedOn: this.clock.now(),
      });
      const after = await this.query.get(leaseId, tx);
      await this.audit.record(tx, actor, {
        action: 'lease.update',
        recordType: 'lease',
        recordId: leaseId,
        before,
        after,
      });
      return after;
    });
  }
}
