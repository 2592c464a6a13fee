import { FLEET_AUDIT_ACTIONS, FLEET_AUDIT_RECORDS } from './demo/audit-actions.js';
import type { PermissionLabels } from './kernel/access/actor.js';
import type { ErrorCodes } from './kernel/errors/domain-error.js';
import * as audit from './modules/audit/index.js';
import * as auth from './modules/auth/index.js';
import * as drivers from './modules/drivers/index.js';
import * as leases from './modules/leases/index.js';
import * as ledger from './modules/ledger/index.js';
import * as loans from './modules/loans/index.js';
import * as users from './modules/users/index.js';
import type { AuditActionLabels, AuditRecordLabels } from './platform/audit/audit-labels.js';
import { PLATFORM_ERRORS } from './platform/errors.js';

/**
 * Every error that the service answers, with its kind. docs/errors.md explains each; a test checks that this table,
 * that page and the code that throws have the same codes.
 */
export const ERROR_CODES = {
  ...PLATFORM_ERRORS,
  ...auth.AUTH_ERRORS,
  ...users.USER_ERRORS,
  ...drivers.DRIVER_ERRORS,
  ...leases.LEASE_ERRORS,
  ...ledger.LEDGER_ERRORS,
  ...loans.LOAN_ERRORS,
} as const satisfies ErrorCodes;

/** Every permission, with its label. */
export const PERMISSIONS = {
  ...loans.LOAN_PERMISSIONS,
  ...ledger.LEDGER_PERMISSIONS,
  ...drivers.DRIVER_PERMISSIONS,
  ...leases.LEASE_PERMISSIONS,
  ...users.USER_PERMISSIONS,
  ...audit.AUDIT_PERMISSIONS,
} as const satisfies PermissionLabels;

const AUDIT_ACTIONS = {
  ...loans.LOAN_AUDIT_ACTIONS,
  ...ledger.LEDGER_AUDIT_ACTIONS,
  ...drivers.DRIVER_AUDIT_ACTIONS,
  ...leases.LEASE_AUDIT_ACTIONS,
  ...users.USER_AUDIT_ACTIONS,
  ...auth.SESSION_AUDIT_ACTIONS,
  ...FLEET_AUDIT_ACTIONS,
} as const satisfies AuditActionLabels;

const AUDIT_RECORDS = {
  ...loans.LOAN_AUDIT_RECORDS,
  ...ledger.LEDGER_AUDIT_RECORDS,
  ...drivers.DRIVER_AUDIT_RECORDS,
  ...leases.LEASE_AUDIT_RECORDS,
  ...users.USER_AUDIT_RECORDS,
  ...FLEET_AUDIT_RECORDS,
} as const satisfies AuditRecordLabels;

/** The labels of all codes. The OpenAPI document publishes them (`x-code-lists`), and the console shows them. */
export const CODE_LISTS = {
  labels: {
    category: ledger.CATEGORY_LABELS,
    balance_status: ledger.BALANCE_STATUS_LABELS,
    posting_status: ledger.POSTING_STATUS_LABELS,
    posting_kind: ledger.POSTING_KIND_LABELS,
    allocation_type: ledger.ALLOCATION_TYPE_LABELS,
    allocation_reason: ledger.ALLOCATION_REASON_LABELS,
    payment_method: ledger.PAYMENT_METHOD_LABELS,
    settlement_run_status: ledger.SETTLEMENT_RUN_STATUS_LABELS,
    settlement_line_status: ledger.SETTLEMENT_LINE_STATUS_LABELS,
    loan_status: loans.LOAN_STATUS_LABELS,
    installment_status: loans.INSTALLMENT_STATUS_LABELS,
    run_status: loans.RUN_STATUS_LABELS,
    run_trigger: loans.RUN_TRIGGER_LABELS,
    driver_status: drivers.DRIVER_STATUS_LABELS,
    lease_status: leases.LEASE_STATUS_LABELS,
    role: users.ROLE_LABELS,
    permission: PERMISSIONS,
    audit_action: AUDIT_ACTIONS,
    audit_record: AUDIT_RECORDS,
  },
  payment_order: ledger.PAYMENT_ORDER,
};
