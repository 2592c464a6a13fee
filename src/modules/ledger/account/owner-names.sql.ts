/** Columns that name the driver, lease and cab. The query must join OWNERS. */
export const OWNER_NAMES = `d.tlc_license_number, ltrim(d.first_name || ' ' || d.last_name) AS driver_name,
         le.lease_number, m.medallion_number, v.plate AS vehicle_plate`;

/**
 * Joins driver, medallion and vehicle to the lease `le`. A lease has one of each, so the number of rows stays the same.
 */
export const OWNERS = `
  JOIN drivers d ON d.id = le.driver_id
  JOIN medallions m ON m.id = le.medallion_id
  JOIN vehicles v ON v.id = le.vehicle_id`;
