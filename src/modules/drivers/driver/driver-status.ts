import { codesOf } from '../../../kernel/codes/labels.js';

/** Only an ACTIVE driver can get a new lease or loan. Open balances remain in every status. */
export const DRIVER_STATUS_LABELS = {
  ACTIVE: 'Active',
  INACTIVE: 'Inactive',
  SUSPENDED: 'Suspended',
} as const;

export type DriverStatus = keyof typeof DRIVER_STATUS_LABELS;

export const DRIVER_STATUSES = codesOf(DRIVER_STATUS_LABELS);
