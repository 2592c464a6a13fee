/** The door of the drivers: all that other modules may use. */
export { DriversModule } from './drivers.module.js';
export { DriverDirectory } from './driver-directory.service.js';
export { DriverImportService } from './driver-import.service.js';
export { TlcLicenseNumberField } from './http/dto/driver-fields.js';
export { DriverRegistrationService } from './driver-registration.service.js';
export { NamedDriverResponse } from './http/named-driver.response.js';
export { idsOfDriversFound } from './queries/driver-search.js';
export { fullName } from './domain/city-name.js';
export { DRIVER_NAME, NAMED_DRIVER } from './queries/named-driver.js';
export type { NamedDriver } from './queries/named-driver.js';
export type { NewDriver } from './driver-registration.service.js';
