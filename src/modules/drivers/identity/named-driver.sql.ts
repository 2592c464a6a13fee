import type { DriverView } from '../driver/driver.view.js';

/** A driver as the records of other modules name one. */
export type NamedDriver = Pick<DriverView, 'id' | 'tlc_license_number' | 'first_name' | 'last_name'>;

/** The whole name in SQL, for a select in which the drivers stand as `d`. Who has one name has no first name. */
export const DRIVER_NAME = `ltrim(d.first_name || ' ' || d.last_name)`;

/** The same in SQL, for a select in which the drivers stand as `d`. */
export const NAMED_DRIVER = `json_build_object('id', d.id, 'tlc_license_number', d.tlc_license_number,
                           'first_name', d.first_name, 'last_name', d.last_name)`;
