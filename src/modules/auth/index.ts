export { AuthModule } from './auth.module.js';
export { AUTH_ERRORS } from './errors.js';
export { SESSION_AUDIT_ACTIONS } from './audit-actions.js';
