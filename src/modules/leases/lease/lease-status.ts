/** Only an ACTIVE lease can have a new loan. */
export const LEASE_STATUSES = ['ACTIVE', 'EXPIRED', 'TERMINATED'] as const;

export type LeaseStatus = (typeof LEASE_STATUSES)[number];
