/** The door of the drivers: all that other modules may use. */
export { DriversModule } from './drivers.module.js';
export { DriverDirectory } from './driver-directory.service.js';
export { DriverRegistrationService } from './driver-registration.service.js';
export type { NewDriver } from './driver-registration.service.js';
