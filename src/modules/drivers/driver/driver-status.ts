import { codesOf } from '../../../kernel/codes/labels.js';

/** Only an ACTIVE driver may sign a lease or borrow. A debt stands whatever becomes of the driver. */
export const DRIVER_STATUS_LABELS = {
  ACTIVE: 'Active',
  INACTIVE: 'Inactive',
  SUSPENDED: 'Suspended',
} as const;

export type DriverStatus = keyof typeof DRIVER_STATUS_LABELS;

export const DRIVER_STATUSES = codesOf(DRIVER_STATUS_LABELS);
