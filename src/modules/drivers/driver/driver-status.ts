/** Only an ACTIVE driver may sign a lease or borrow. A debt stands whatever becomes of the driver. */
export const DRIVER_STATUSES = ['ACTIVE', 'INACTIVE', 'SUSPENDED'] as const;

export type DriverStatus = (typeof DRIVER_STATUSES)[number];
