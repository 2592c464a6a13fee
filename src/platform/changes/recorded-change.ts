import type { AuditActionLabels, AuditRecordLabels } from '../audit/audit-labels.js';
import type { Tx } from '../database/transactions.js';

export type RecordId = string | number;

/** What can be done, such as `loan.edit`. Each module lists its own (audit-actions.ts). */
export type Action = keyof AuditActionLabels;

/** A kind of record, as the audit log and the events name it. */
export interface RecordType {
  /** Such as `loan` */
  readonly recordType: keyof AuditRecordLabels;
  /** The version of the events of these records. It rises if a field of a payload is removed or changes its meaning. */
  readonly viewVersion: number;
}

/** Reads the view of a record: what the API shows of it. */
export interface RecordSource<Id extends RecordId, View extends object> extends RecordType {
  /** Fields of the view that change without an edit of the record. If-Match does not compare them. */
  readonly transientFields?: readonly (keyof View & string)[];
  /**
   * Throws the record's *_NOT_FOUND error.
   * @param tx the open transaction, to see what it has written
   */
  get(id: Id, tx: Tx): Promise<View>;
}

/** A change of one record. The audit log and the outbox keep it, so it must not contain a secret. */
export interface RecordedChange {
  /** What was done, such as `loan.edit` */
  readonly action: Action;
  readonly record: RecordType;
  /** The id by which people know the record */
  readonly id: RecordId;
  /** The view before the change. A change that creates the record has none. */
  readonly before?: object | undefined;
  /** The view after the change, or the answer of a change of several records */
  readonly after: object;
}
