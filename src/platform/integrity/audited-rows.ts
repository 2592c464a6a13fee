/** Rows of a table by which a user does something, each with the transaction that made it. */
interface AuditedRows {
  readonly table: string;
  /** What a row is in a difference */
  readonly kind: string;
  /** The audit entry that belongs to it: its record_type, and the column with its record_id */
  readonly recordType: string;
  readonly recordId: string;
  /** Condition of the rows that the service itself makes, of the row `line` */
  readonly exceptWhere?: string;
}

/** Each row has an audit entry of its transaction. Rows of a release before 0.2 name no transaction. */
export const rowsAreAudited = (audited: AuditedRows): string => `
  SELECT '${audited.kind}', line.id::text, 'has no entry in the audit log', NULL, NULL
  FROM ${audited.table} AS line
  WHERE line.id > $1 AND line.id <= $2 AND line.transaction_id IS NOT NULL AND NOT (${audited.exceptWhere ?? 'false'})
    AND NOT EXISTS (SELECT 1 FROM audit_log entry
                    WHERE entry.record_type = '${audited.recordType}' AND entry.record_id = line.${audited.recordId}
                      AND entry.transaction_id = line.transaction_id)`;
