/** The public API of the leases module. */
export { LeasesModule } from './leases.module.js';
export { LeaseQueryService } from './lease/lease-query.service.js';
export { LeaseNumberField } from './lease/lease-fields.dto.js';
export { LeaseImportService } from './import/lease-import.service.js';
export { LeaseCreationService } from './lease/lease-creation.service.js';
export type { LeaseTerms } from './lease/lease-creation.service.js';
export { LEASE_ERRORS } from './errors.js';
export { LEASE_PERMISSIONS } from './permissions.js';
export { LEASE_AUDIT_ACTIONS, LEASE_AUDIT_RECORDS } from './audit-actions.js';
export { LEASE_STATUS_LABELS } from './lease/lease-status.js';
