import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import type { RecordedChange } from '../changes/recorded-change.js';
import type { Tx } from '../database/transactions.js';
import { prepared } from '../database/prepared.js';

const INSERT = prepared(`
  INSERT INTO outbox (occurred_at, type, version, aggregate_type, aggregate_id, payload, actor_id, request_id)
  SELECT $1::timestamptz, type, version, aggregate_type, aggregate_id, payload, $2::integer, $3::text
  FROM ROWS FROM (jsonb_to_recordset($4::jsonb)
                  AS (type text, version integer, aggregate_type text, aggregate_id text, payload jsonb))
    WITH ORDINALITY AS event (type, version, aggregate_type, aggregate_id, payload, place)
  ORDER BY place`);

/** Events for other systems. An event is committed together with its change, or not at all. */
@Injectable()
export class Outbox {
  /** Adds one event for each change, in their order, in one statement. */
  async add(tx: Tx, actor: Actor, at: Date, changes: readonly RecordedChange[]): Promise<void> {
    const events = changes.map(({ action, record, id, after }) => ({
      type: action,
      version: record.viewVersion,
      aggregate_type: record.recordType,
      aggregate_id: id,
      payload: after,
    }));
    await tx.query(INSERT, [at, actor.userId, actor.origin?.requestId, JSON.stringify(events)]);
  }
}
