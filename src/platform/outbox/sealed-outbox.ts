import type { IntegrityCheck } from '../integrity/integrity-checks.js';
import { sealedRows } from '../integrity/sealed-table.js';

/** Each event has an audit entry of the same moment, which has only the fields that changed. */
const EVENT_IS_AUDITED = `
  SELECT 'EVENT', event.id::text, 'does not match an entry in the audit log', NULL,
         concat_ws(' ', event.type, event.aggregate_type, event.aggregate_id)
  FROM outbox event
  WHERE event.id > $1 AND event.id <= $2
    AND NOT EXISTS (SELECT 1 FROM audit_log entry
                    WHERE entry.record_type = event.aggregate_type AND entry.record_id = event.aggregate_id
                      AND entry.action = event.type AND entry.at = event.occurred_at
                      AND entry.actor_id IS NOT DISTINCT FROM event.actor_id
                      AND entry.request_id IS NOT DISTINCT FROM event.request_id
                      AND event.payload @> coalesce(entry.after, '{}'))`;

/** The events as `row_hash_of` hashes them. */
export const SEALED_OUTBOX: readonly IntegrityCheck[] = [
  sealedRows({
    table: 'outbox',
    checked: 'events',
    kind: 'EVENT',
    publicId: 'id',
    columns: {
      id: 'int8',
      occurred_at: 'timestamptz',
      type: 'text',
      version: 'int4',
      aggregate_type: 'text',
      aggregate_id: 'utf8',
      payload: 'utf8',
      actor_id: 'int4',
      request_id: 'utf8',
    },
    weight: '10 + pg_column_size(payload) / 20',
  }),
  { checked: null, records: 'outbox', key: 'id', checks: [EVENT_IS_AUDITED] },
];
