/** The audit actions of this folder, each with its label. */
export const LEASE_AUDIT_ACTIONS = {
  'lease.create': 'Lease created',
  'lease.update': 'Lease changed',
} as const;

type LeaseActions = typeof LEASE_AUDIT_ACTIONS;

export const LEASE_AUDIT_RECORDS = { lease: 'Lease' } as const;

type LeaseRecords = typeof LEASE_AUDIT_RECORDS;

declare module '../../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends LeaseActions {}
  interface AuditRecordLabels extends LeaseRecords {}
}
