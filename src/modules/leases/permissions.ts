/** The permissions of this module, each with its label. Who has them: users/access/role.ts. */
export const LEASE_PERMISSIONS = {
  'leases:view': 'View leases',
  'leases:manage': 'Create and change leases',
} as const;

type LeasePermissions = typeof LEASE_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends LeasePermissions {}
}
