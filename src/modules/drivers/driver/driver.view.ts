import type { DriverStatus } from './driver-status.js';

/** A driver as returned by the API (docs/api-reference.md, "Drivers"). */
export interface DriverView {
  readonly id: number;
  readonly tlc_license_number: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly status: DriverStatus;
  readonly created_on: Date;
  readonly updated_on: Date;
}
