import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { NAMED_DRIVER } from '../../drivers/index.js';
import type { NamedDriver } from '../../drivers/index.js';
import type { LeaseStatus } from './lease-status.js';

/** A lease as returned by the API (docs/api-reference.md, "Leases"). */
export interface LeaseView {
  readonly id: number;
  readonly lease_number: string;
  readonly driver_id: number;
  readonly medallion_id: number;
  readonly medallion_number: string;
  readonly vehicle_id: number;
  readonly vehicle_plate: string;
  readonly start_date: CalendarDate;
  readonly end_date: CalendarDate | null;
  readonly status: LeaseStatus;
  readonly created_on: Date;
  readonly updated_on: Date;
  readonly driver: NamedDriver;
}

/** `LeaseView` in SQL, for use with FROM_LEASES. */
export const SELECT_LEASE = `
  SELECT lease.id, lease.lease_number, lease.driver_id, lease.medallion_id, medallion.medallion_number,
         lease.vehicle_id, vehicle.plate AS vehicle_plate, lease.start_date, lease.end_date, lease.status,
         lease.created_on, lease.updated_on, ${NAMED_DRIVER} AS driver`;

export const FROM_LEASES = `
  FROM leases lease
  JOIN drivers d ON d.id = lease.driver_id
  JOIN medallions medallion ON medallion.id = lease.medallion_id
  JOIN vehicles vehicle ON vehicle.id = lease.vehicle_id`;
