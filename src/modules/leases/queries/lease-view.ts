import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { LeaseStatus } from '../domain/lease-status.js';

/** A lease as the API shows one (api.md, "Shapes"). */
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
}
