import { sealedRows } from '../integrity/sealed-table.js';

/** The audit log as `row_hash_of` hashes it. An entry costs as much as the records that it holds are large. */
export const SEALED_AUDIT_LOG = sealedRows({
  table: 'audit_log',
  checked: 'audit_entries',
  kind: 'AUDIT_ENTRY',
  publicId: 'id',
  columns: {
    id: 'int8',
    at: 'timestamptz',
    actor_id: 'int4',
    action: 'text',
    record_type: 'text',
    record_id: 'utf8',
    before: 'utf8',
    after: 'utf8',
    request_id: 'utf8',
    address: 'utf8',
    transaction_id: 'int8',
  },
  weight: '10 + (coalesce(pg_column_size(before), 0) + coalesce(pg_column_size(after), 0)) / 20',
});
