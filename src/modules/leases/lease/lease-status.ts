import { codesOf } from '../../../kernel/codes/labels.js';

/** Only an ACTIVE lease can carry a new loan. */
export const LEASE_STATUS_LABELS = {
  ACTIVE: 'Active',
  EXPIRED: 'Expired',
  TERMINATED: 'Terminated',
} as const;

export type LeaseStatus = keyof typeof LEASE_STATUS_LABELS;

export const LEASE_STATUSES = codesOf(LEASE_STATUS_LABELS);
