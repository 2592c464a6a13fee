/** Only an ACTIVE driver can get a new lease or loan. Open balances remain in every status. */
export const DRIVER_STATUSES = ['ACTIVE', 'INACTIVE', 'SUSPENDED'] as const;

export type DriverStatus = (typeof DRIVER_STATUSES)[number];
