/** The public API of the drivers module. */
export { DriversModule } from './drivers.module.js';
export { DriverQueryService } from './driver/driver-query.service.js';
export { DriverImportService } from './import/driver-import.service.js';
export { DriverParamsDto } from './driver/driver-params.dto.js';
export { TlcLicenseNumberField } from './driver/driver-fields.dto.js';
export { DriverCreationService } from './driver/driver-creation.service.js';
export { NamedDriverResponse } from './identity/named-driver.response.js';
export { idsOfMatchingDrivers } from './search/driver-search.sql.js';
export { fullName } from './identity/tlc-name.js';
export { DRIVER_NAME, NAMED_DRIVER, nameOfDriver } from './identity/named-driver.sql.js';
export type { NamedDriver } from './identity/named-driver.sql.js';
export type { NewDriver } from './driver/driver-creation.service.js';
export { DRIVER_ERRORS } from './errors.js';
export { DRIVER_PERMISSIONS } from './permissions.js';
export { DRIVER_AUDIT_ACTIONS, DRIVER_AUDIT_RECORDS } from './audit-actions.js';
export { DRIVER_STATUS_LABELS } from './driver/driver-status.js';
