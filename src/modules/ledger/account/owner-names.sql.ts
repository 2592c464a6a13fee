/** Whose line it is, for people: for a select over a `lease` and its parties. */
export const OWNER_NAMES = `d.tlc_license_number, ltrim(d.first_name || ' ' || d.last_name) AS driver_name,
         le.lease_number, m.medallion_number, v.plate AS vehicle_plate`;

/** Joins the parties that OWNER_NAMES names to the lease `le`, which has one of each: no row comes or goes. */
export const OWNERS = `
  JOIN drivers d ON d.id = le.driver_id
  JOIN medallions m ON m.id = le.medallion_id
  JOIN vehicles v ON v.id = le.vehicle_id`;
