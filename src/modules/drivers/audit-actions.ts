/** The audit actions of this folder, each with its label. */
export const DRIVER_AUDIT_ACTIONS = {
  'driver.create': 'Driver created',
  'driver.update': 'Driver changed',
} as const;

type DriverActions = typeof DRIVER_AUDIT_ACTIONS;

export const DRIVER_AUDIT_RECORDS = { driver: 'Driver' } as const;

type DriverRecords = typeof DRIVER_AUDIT_RECORDS;

declare module '../../platform/audit/audit-labels.js' {
  interface AuditActionLabels extends DriverActions {}
  interface AuditRecordLabels extends DriverRecords {}
}
