/** Only an ACTIVE lease can carry a new loan. */
export const LEASE_STATUSES = ['ACTIVE', 'EXPIRED', 'TERMINATED'] as const;

export type LeaseStatus = (typeof LEASE_STATUSES)[number];
