import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import type { Tx } from '../database/transactions.js';
import { changedFields } from './changed-fields.js';

/** What was done to which record. Give no secret in: what stands here stays. */
export interface AuditEvent {
  /** What was done, such as `loan.edit` */
  readonly action: string;
  /** The kind of the record, such as `loan` */
  readonly recordType: string;
  /** The id by which people know the record */
  readonly recordId: string | number;
  /** The record as the API shows it; none where it was made by this act */
  readonly before?: object;
  readonly after?: object;
}

// One parameter of JSON: an array of texts would have every quotation mark of every record escaped, and read, twice
const INSERT = `
  INSERT INTO audit_log (at, actor_id, action, record_type, record_id, before, after, request_id, address)
  SELECT $1::timestamptz, $2::integer, action, record_type, record_id, before, after, $3::text, $4::text
  FROM ROWS FROM (jsonb_to_recordset($5::jsonb)
                  AS (action text, record_type text, record_id text, before jsonb, after jsonb))
    WITH ORDINALITY AS act (action, record_type, record_id, before, after, place)
  ORDER BY place`;

/** Who did what to which record when, before and after, from which address: append-only, for every write. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  /**
   * Writes one entry in the transaction of the work, so that both stand or neither. Of a record that stood before, the
   * entry holds the fields that the act changed.
   */
  record(tx: Tx, actor: Actor, act: AuditEvent): Promise<void> {
    return this.recordAll(tx, actor, [act]);
  }

  /** Writes an entry for each act, in their order, as one statement. */
  async recordAll(tx: Tx, actor: Actor, acts: readonly AuditEvent[]): Promise<void> {
    if (acts.length === 0) return;
    const entries = acts.map(({ action, recordType, recordId, before, after }) => ({
      action,
      record_type: recordType,
      record_id: recordId,
      ...changedFields(before, after),
    }));
    await tx.query(INSERT, [
      this.clock.now(),
      actor.userId,
      actor.origin?.requestId,
      actor.origin?.address,
      JSON.stringify(entries),
    ]);
  }
}
