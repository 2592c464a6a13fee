/** All audit actions with their labels. Each module adds its own by declaration merging (audit-actions.ts). */
export interface AuditActionLabels {}

/** All kinds of records that have audit entries, with their labels; added in the same way. */
export interface AuditRecordLabels {}
