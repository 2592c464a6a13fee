/** The permissions of this module with their labels. users/access/role.ts grants them to roles. */
export const DRIVER_PERMISSIONS = {
  'drivers:view': 'View drivers',
  'drivers:manage': 'Create and change drivers',
} as const;

type DriverPermissions = typeof DRIVER_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends DriverPermissions {}
}
