export { AuditModule } from './audit.module.js';
export { AUDIT_PERMISSIONS } from './permissions.js';
