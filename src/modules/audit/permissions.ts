/** The permissions of this module, each with its label. Who has them: users/access/role.ts. */
export const AUDIT_PERMISSIONS = {
  'audit:view': 'View the audit log',
} as const;

type AuditPermissions = typeof AUDIT_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends AuditPermissions {}
}
