import { codesOf } from '../../../kernel/codes/labels.js';
import type { Permission } from '../../../kernel/access/actor.js';

export const ROLE_LABELS = { FINANCE: 'Finance', MANAGER: 'Manager', ADMIN: 'Administrator' } as const;

export type Role = keyof typeof ROLE_LABELS;

export const ROLES = codesOf(ROLE_LABELS);

const FINANCE: readonly Permission[] = [
  'loans:create',
  'loans:view',
  'loans:update',
  'loans:post',
  'loans:export',
  'ledger:view',
  'ledger:post',
  'ledger:void',
  'ledger:refund',
  'drivers:view',
  'drivers:manage',
  'leases:view',
  'leases:manage',
];

/**
 * The permissions of each role (docs/domain.md, "Users and permissions"). A user with two roles has the permissions of
 * both.
 */
const PERMISSIONS_OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  FINANCE,
  MANAGER: ['loans:view', 'loans:export', 'ledger:view', 'drivers:view', 'leases:view'],
  // a test checks that an ADMIN has every permission
  ADMIN: [...FINANCE, 'loans:write-off', 'users:manage', 'audit:view'],
};

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => PERMISSIONS_OF_ROLE[role]));
}
