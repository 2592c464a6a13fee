/** The audit actions of this folder, each with its label. */
export const FLEET_AUDIT_ACTIONS = {
  'fleet.seed': 'Sample fleet created',
} as const;

type FleetActions = typeof FLEET_AUDIT_ACTIONS;

export const FLEET_AUDIT_RECORDS = { fleet: 'Sample fleet' } as const;

type FleetRecords = typeof FLEET_AUDIT_RECORDS;

declare module '../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends FleetActions {}
  interface AuditRecordLabels extends FleetRecords {}
}
