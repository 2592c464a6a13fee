import type { PageRequest } from '../../../platform/database/page.js';
import type { LeaseStatus } from '../lease/lease-status.js';

export const LEASE_SORTS = ['created_on', 'lease_number', 'start_date'] as const;

export type LeaseSort = (typeof LEASE_SORTS)[number];

export interface LeaseFilters extends PageRequest {
  /** The beginning of a lease number, medallion number or plate, or the TLC number or name of the driver. */
  readonly q?: string;
  readonly driver_id?: number;
  readonly medallion_id?: number;
  readonly vehicle_id?: number;
  readonly status?: LeaseStatus;
  readonly sort_by: LeaseSort;
  readonly sort_order: 'asc' | 'desc';
}
