/** The audit actions of this folder, each with its label. */
export const SESSION_AUDIT_ACTIONS = {
  'session.start': 'Signed in',
  'session.end': 'Signed out',
  'session.reuse': 'Refresh-token reuse detected',
} as const;

type SessionActions = typeof SESSION_AUDIT_ACTIONS;

declare module '../../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends SessionActions {}
}
