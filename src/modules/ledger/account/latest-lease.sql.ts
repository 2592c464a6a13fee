/**
 * The lease under which a payment for all leases of a driver is recorded: the latest active lease, or the latest that the driver
 * had. @param driver the driver's id, as SQL
 */
export const LATEST_LEASE = (driver: string): string => `
  SELECT id FROM leases WHERE driver_id = ${driver} ORDER BY (status = 'ACTIVE') DESC, start_date DESC, id DESC LIMIT 1`;
