import type { Tx } from '../database/transactions.js';
import type { IfMatch } from '../http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../idempotency/idempotent-request.js';
import type { Action, RecordId, RecordSource, RecordType } from './recorded-change.js';

/** True or false on a route that has a dry run, undefined on one that has none */
export type DryRun = boolean | undefined;

/** The mark of an answer whose route has a dry run */
export type DryRunMark<D extends DryRun> = [D] extends [boolean] ? { readonly dry_run: boolean } : unknown;

export interface ChangeOptions<D extends DryRun> {
  /** What is done, such as `loan.edit`: the action in the audit log and the type of the event */
  readonly action: Action;
  readonly dryRun?: D;
  /** The request with its Idempotency-Key */
  readonly request?: IdempotentRequest | undefined;
}

export interface Creation<
  Id extends RecordId,
  View extends object,
  D extends DryRun,
> extends ChangeOptions<D> {
  readonly record: RecordSource<Id, View>;
  /** Returns the id of the new record. */
  readonly work: (tx: Tx) => Promise<Id>;
  /** Runs once after the commit, for metrics and logs. A dry run or a repeated request does not run it. */
  readonly committed?: (view: View) => void;
}

export interface Update<
  Id extends RecordId,
  View extends object,
  Locked,
  Result,
  Answer extends object,
  D extends DryRun,
> extends ChangeOptions<D> {
  readonly record: RecordSource<Id, View>;
  readonly id: Id;
  readonly ifMatch?: IfMatch | undefined;
  /** Locks the rows of the change in the documented order. Throws if the record does not exist. */
  readonly lock: (tx: Tx) => Promise<Locked>;
  /** The new values of fields. If the record already has them all, nothing is written. Only without `answer`. */
  readonly fields?: object;
  readonly work: (tx: Tx, locked: Locked, before: View) => Promise<Result>;
  /** Fields of the audit entry and the event that the view does not have, such as a reason */
  readonly details?: object;
  /** The answer, if it is more than the view after the change */
  readonly answer?: (after: View, result: Result) => Answer;
  /** Runs once after the commit, for metrics and logs. A dry run or a repeated request does not run it. */
  readonly committed?: (answer: Answer, result: Result) => void;
}

/** The answer of a change of several records, and the record under which it is recorded. */
interface Outcome<Answer extends object> {
  readonly id: RecordId;
  readonly before?: object;
  /** The record after the change; by default the answer */
  readonly after?: object;
  readonly answer: Answer;
}

export interface Change<Answer extends object, D extends DryRun> extends ChangeOptions<D> {
  readonly record: RecordType;
  readonly work: (tx: Tx) => Promise<Outcome<Answer>>;
  /** Runs once after the commit, for metrics and logs. A dry run or a repeated request does not run it. */
  readonly committed?: (answer: Answer) => void;
}
