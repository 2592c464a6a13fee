import { PERMISSIONS } from '../../../kernel/access/permission.js';
import type { Permission } from '../../../kernel/access/permission.js';

export const ROLES = ['FINANCE', 'MANAGER', 'ADMIN'] as const;

export type Role = (typeof ROLES)[number];

/**
 * The permissions of each role (docs/domain.md, "Users and permissions"). A user with two roles has the permissions of
 * both.
 */
const PERMISSIONS_OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  FINANCE: [
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
  ],
  MANAGER: ['loans:view', 'loans:export', 'ledger:view', 'drivers:view', 'leases:view'],
  ADMIN: PERMISSIONS,
};

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => PERMISSIONS_OF_ROLE[role]));
}
