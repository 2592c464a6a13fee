import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { DriverQueryService } from '../../drivers/index.js';
import { VehicleFields, vehicleAssignment } from '../vehicle/vehicle-assignment.js';
import { requireLeasePeriod } from './lease-period.js';
import type { LeaseView } from './lease-view.sql.js';
import { LeaseQuery } from './lease.query.js';
import { VehicleRepository } from '../vehicle/vehicle.repository.js';
import { LeaseRepository, NumberedLease } from './lease.repository.js';

/** Medallion and vehicle are each given by id, or by number and plate, which are added if they are new. */
export interface LeaseTerms extends VehicleFields {
  readonly lease_number: string;
  readonly driver_id: number;
  readonly start_date: CalendarDate;
  /** The last day. Without one, the lease runs until further notice. */
  readonly end_date?: CalendarDate | null;
}

@Injectable()
export class LeaseCreationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly drivers: DriverQueryService,
    private readonly cabs: VehicleRepository,
    private readonly leases: LeaseRepository,
    private readonly query: LeaseQuery,
  ) {}

  /**
   * Throws LEASE_DATES_INVALID, VALIDATION_FAILED if the cab is not given in exactly one way, DRIVER_UNKNOWN,
   * DRIVER_NOT_ACTIVE, MEDALLION_UNKNOWN, VEHICLE_UNKNOWN, LEASE_NUMBER_TAKEN.
   */
  create(actor: Actor, terms: LeaseTerms, request?: IdempotentRequest): Promise<LeaseView> {
    const cab = vehicleAssignment(terms);
    const endDate = terms.end_date ?? null;
    requireLeasePeriod(terms.start_date, endDate);
    const now = this.clock.now();
    return this.changes.create(actor, {
      action: 'lease.create',
      record: this.query,
      request,
      work: async (tx) => {
        await this.drivers.requireActive(tx, terms.driver_id);
        return this.leases.add(tx, {
          leaseNumber: terms.lease_number,
          driverId: terms.driver_id,
          medallionId: await this.cabs.medallionId(tx, cab.medallion),
          vehicleId: await this.cabs.vehicleId(tx, cab.vehicle),
          startDate: terms.start_date,
          endDate,
          status: 'ACTIVE',
          createdOn: now,
          updatedOn: now,
        });
      },
    });
  }

  /**
   * Creates many leases, all or none. Returns their ids by lease number. Throws as `create` does. It writes no audit
   * entries: the caller records one for all of them.
   */
  createMany(leases: readonly NumberedLease[]): Promise<ReadonlyMap<string, number>> {
    for (const lease of leases) requireLeasePeriod(lease.start_date, lease.end_date ?? null);
    const now = this.clock.now();
    return this.transactions.run(async (tx) => {
      await this.drivers.requireAllActive(
        tx,
        leases.map(({ driver_id }) => driver_id),
      );
      await this.cabs.makeAll(
        tx,
        leases.map(({ medallion_number }) => medallion_number),
        leases.map(({ vehicle_plate }) => vehicle_plate),
      );
      return this.leases.addAll(tx, leases, now);
    });
  }
}
