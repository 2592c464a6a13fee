/** The permissions of this module with their labels. users/access/role.ts grants them to roles. */
export const AUDIT_PERMISSIONS = {
  'audit:view': 'View the audit log',
} as const;

type AuditPermissions = typeof AUDIT_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends AuditPermissions {}
}
