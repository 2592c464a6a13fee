/** The permissions of this module, each with its label. Who has them: users/access/role.ts. */
export const DRIVER_PERMISSIONS = {
  'drivers:view': 'View drivers',
  'drivers:manage': 'Create and change drivers',
} as const;

type DriverPermissions = typeof DRIVER_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends DriverPermissions {}
}
