/** The audit actions of this folder, each with its label. */
export const USER_AUDIT_ACTIONS = {
  'user.create': 'User created',
  'user.update': 'User changed',
  'user.password': 'Password set',
  'user.lock': 'Sign-in locked',
  'user.unlock': 'Sign-in unlocked',
  'user.sign-out': 'All sessions ended',
} as const;

type UserActions = typeof USER_AUDIT_ACTIONS;

export const USER_AUDIT_RECORDS = { user: 'User' } as const;

type UserRecords = typeof USER_AUDIT_RECORDS;

declare module '../../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends UserActions {}
  interface AuditRecordLabels extends UserRecords {}
}
