import type { PageRequest } from '../../../platform/database/page.js';
import type { DriverStatus } from '../driver/driver-status.js';

export const DRIVER_SORTS = ['last_name', 'tlc_license_number', 'created_on'] as const;

export type DriverSort = (typeof DRIVER_SORTS)[number];

export interface DriverFilters extends PageRequest {
  /** The beginning of a TLC number, or parts of the name, in any order. */
  readonly q?: string;
  readonly tlc_license_number?: string;
  readonly status?: DriverStatus;
  readonly sort_by: DriverSort;
  readonly sort_order: 'asc' | 'desc';
}
