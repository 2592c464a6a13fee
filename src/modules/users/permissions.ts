/** The permissions of this module with their labels. users/access/role.ts grants them to roles. */
export const USER_PERMISSIONS = {
  'users:manage': 'Manage users',
} as const;

type UserPermissions = typeof USER_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends UserPermissions {}
}
