/** A table whose rows record user actions, each with the transaction that wrote it. */
interface AuditedRows {
  readonly table: string;
  /** The kind of a row in a difference */
  readonly kind: string;
  /** The matching audit entry: its record_type, and the column with its record_id */
  readonly recordType: string;
  readonly recordId: string;
  /** SQL condition, on the row `line`, for rows that the service writes without a user */
  readonly exceptWhere?: string;
}

/**
 * Checks that each row has an audit entry in the same transaction. Rows of releases before 0.2 have no transaction
 * id.
 */
export const rowsAreAudited = (audited: AuditedRows): string => `
  SELECT '${audited.kind}', line.id::text, 'has no entry in the audit log', NULL, NULL
  FROM ${audited.table} AS line
  WHERE line.id > $1 AND line.id <= $2 AND line.transaction_id IS NOT NULL AND NOT (${audited.exceptWhere ?? 'false'})
    AND NOT EXISTS (SELECT 1 FROM audit_log entry
                    WHERE entry.record_type = '${audited.recordType}' AND entry.record_id = line.${audited.recordId}
                      AND entry.transaction_id = line.transaction_id)`;
