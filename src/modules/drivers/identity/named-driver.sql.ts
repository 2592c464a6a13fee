import type { DriverView } from '../driver/driver.view.js';

/** The fields that identify a driver in the records of other modules. */
export type NamedDriver = Pick<DriverView, 'id' | 'tlc_license_number' | 'first_name' | 'last_name'>;

const fullName = (first: string, last: string): string => `ltrim(${first} || ' ' || ${last})`;

/** The full name in SQL, for a query with `drivers AS d`. The first name of a driver with only one name is empty. */
export const DRIVER_NAME = fullName('d.first_name', 'd.last_name');

/** The full name of a driver that is JSON made by `NAMED_DRIVER`. */
export const nameOfDriver = (driver: string): string =>
  fullName(`(${driver} ->> 'first_name')`, `(${driver} ->> 'last_name')`);

/** `NamedDriver` in SQL, for a query with `drivers AS d`. */
export const NAMED_DRIVER = `json_build_object('id', d.id, 'tlc_license_number', d.tlc_license_number,
                           'first_name', d.first_name, 'last_name', d.last_name)`;
