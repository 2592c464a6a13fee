/** The permissions of this module, each with its label. Who has them: users/access/role.ts. */
export const USER_PERMISSIONS = {
  'users:manage': 'Manage users',
} as const;

type UserPermissions = typeof USER_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends UserPermissions {}
}
