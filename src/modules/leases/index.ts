/** The door of the leases: all that other modules may use. */
export { LeasesModule } from './leases.module.js';
export { LeaseDirectory } from './lease-directory.service.js';
export { LeaseNumberField } from './http/dto/lease-fields.js';
export { LeaseImportService } from './lease-import.service.js';
export { LeaseSigningService } from './lease-signing.service.js';
export type { LeaseTerms } from './lease-signing.service.js';
