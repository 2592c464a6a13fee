import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import type { RecordedChange } from '../changes/recorded-change.js';
import type { Tx } from '../database/transactions.js';
import { prepared } from '../database/prepared.js';
import { changedFields } from './changed-fields.js';

// One JSON parameter: in an array of texts, each quotation mark of each record would be escaped and read twice
const INSERT = prepared(`
  INSERT INTO audit_log (at, actor_id, action, record_type, record_id, before, after, request_id, address)
  SELECT $1::timestamptz, $2::integer, action, record_type, record_id, before, after, $3::text, $4::text
  FROM ROWS FROM (jsonb_to_recordset($5::jsonb)
                  AS (action text, record_type text, record_id text, before jsonb, after jsonb))
    WITH ORDINALITY AS entry (action, record_type, record_id, before, after, place)
  ORDER BY place`);

/** Who changed which record when, from which address, and how: append-only, for every write. */
@Injectable()
export class AuditLog {
  /**
   * Adds one entry for each change, in their order, in one statement. If a record existed before, its entry has only the
   * fields that changed.
   */
  async add(tx: Tx, actor: Actor, at: Date, changes: readonly RecordedChange[]): Promise<void> {
    const entries = changes.map(({ action, record, id, before, after }) => ({
      action,
      record_type: record.recordType,
      record_id: id,
      ...changedFields(before, after),
    }));
    await tx.query(INSERT, [
      at,
      actor.userId,
      actor.origin?.requestId,
      actor.origin?.address,
      JSON.stringify(entries),
    ]);
  }
}
