/** The permissions of this module with their labels. users/access/role.ts grants them to roles. */
export const LEASE_PERMISSIONS = {
  'leases:view': 'View leases',
  'leases:manage': 'Create and change leases',
} as const;

type LeasePermissions = typeof LEASE_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends LeasePermissions {}
}
