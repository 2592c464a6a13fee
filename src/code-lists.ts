import type { PermissionLabels } from './kernel/access/actor.js';
import type { ErrorCodes } from './kernel/errors/domain-error.js';
import { AUDIT_PERMISSIONS } from './modules/audit/index.js';
import { AUTH_ERRORS } from './modules/auth/index.js';
import { DRIVER_ERRORS, DRIVER_PERMISSIONS } from './modules/drivers/index.js';
import { LEASE_ERRORS, LEASE_PERMISSIONS } from './modules/leases/index.js';
import { LEDGER_ERRORS, LEDGER_PERMISSIONS } from './modules/ledger/index.js';
import { LOAN_ERRORS, LOAN_PERMISSIONS } from './modules/loans/index.js';
import { USER_ERRORS, USER_PERMISSIONS } from './modules/users/index.js';
import { PLATFORM_ERRORS } from './platform/errors.js';

/**
 * Every error that the service answers, with its kind. docs/errors.md explains each; a test checks that this table,
 * that page and the code that throws have the same codes.
 */
export const ERROR_CODES = {
  ...PLATFORM_ERRORS,
  ...AUTH_ERRORS,
  ...USER_ERRORS,
  ...DRIVER_ERRORS,
  ...LEASE_ERRORS,
  ...LEDGER_ERRORS,
  ...LOAN_ERRORS,
} as const satisfies ErrorCodes;

/** Every permission, with its label. */
export const PERMISSIONS = {
  ...LOAN_PERMISSIONS,
  ...LEDGER_PERMISSIONS,
  ...DRIVER_PERMISSIONS,
  ...LEASE_PERMISSIONS,
  ...USER_PERMISSIONS,
  ...AUDIT_PERMISSIONS,
} as const satisfies PermissionLabels;
