import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import type { Tx } from '../database/transactions.js';
import { changedFields } from './changed-fields.js';

/** What was done to which record. Give no secret in: what stands here stays. */
export interface AuditedAct {
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

/** Who did what to which record when, before and after, from which address: append-only, for every write. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  /**
   * Writes one entry in the transaction of the work, so that both stand or neither. Of a record that stood before, the
   * entry holds the fields that the act changed.
   */
  async record(tx: Tx, actor: Actor, act: AuditedAct): Promise<void> {
    const { before, after } = changedFields(act.before, act.after);
    await tx.query(
      `INSERT INTO audit_log (at, actor_id, action, record_type, record_id, before, after, request_id, address)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        this.clock.now(),
        actor.userId,
        act.action,
        act.recordType,
        String(act.recordId),
        before,
        after,
        actor.origin?.requestId,
        actor.origin?.address,
      ],
    );
  }
}
