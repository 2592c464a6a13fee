import { Injectable } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import type { SqlRunner } from '../database/page.js';
import type { Difference } from './verification-findings.js';

/** A batch of the records of a table, by key. Both keys are bigints as text. */
export interface IdBatch {
  /** Exclusive */
  readonly after: string;
  /** Inclusive */
  readonly through: string;
}

/**
 * A check that reads raw columns and evaluates them in Node, so that manipulated database functions cannot change
 * the result.
 */
export type NodeCheck = (db: SqlRunner, batch: IdBatch) => Promise<readonly Difference[]>;

/** A table that a verification reads from the first record to the last. All its SQL is constant. */
export interface IntegrityCheck {
  /** The name of its records in the response, for example "loans". Null if another check already counts them. */
  readonly checked: string | null;
  /** FROM clause of the records, for example "driver_loans" */
  readonly records: string;
  /** Unique bigint or integer column that orders the records, for example "id" */
  readonly key: string;
  /** The cost of checking a record, as SQL. Default: 1. A batch ends before it costs too much. */
  readonly weight?: string;
  /**
   * SQL returns one row for each difference in the records $1 < key <= $2, with the text columns kind, id, message,
   * expected and actual (Difference). The first batch begins below every key, and the last one ends above them all.
   */
  readonly checks: readonly (string | NodeCheck)[];
}

/** The tables of a verification. Each module registers its own, so that the ledger does not depend on them. */
@Injectable()
export class IntegrityChecks {
  private readonly registered: IntegrityCheck[] = [];

  get tables(): readonly IntegrityCheck[] {
    return this.registered;
  }

  register(...tables: readonly IntegrityCheck[]): void {
    this.registered.push(...tables);
  }
}

/** A provider that registers the tables of a module for verification. */
export function registerChecks(...tables: readonly IntegrityCheck[]): Provider {
  return {
    provide: Symbol('integrity checks'),
    useFactory: (checks: IntegrityChecks) => checks.register(...tables),
    inject: [IntegrityChecks],
  };
}
