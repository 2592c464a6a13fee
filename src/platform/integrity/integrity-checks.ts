import { Injectable } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import type { SqlRunner } from '../database/page.js';
import type { Difference } from './verification-findings.js';

/** The records of a table from one key to another, both bigint as text. */
export interface IdBatch {
  /** Exclusive */
  readonly after: string;
  /** Inclusive */
  readonly through: string;
}

/** A check that reads raw columns and judges them here, so that no function of the database has a say in the result. */
export type NodeCheck = (db: SqlRunner, stretch: IdBatch) => Promise<readonly Difference[]>;

/** A table that a verification reads from the first record to the last. All SQL in it is constant. */
export interface IntegrityCheck {
  /** What its records are called in the answer, such as "loans"; null where others count them already */
  readonly checked: string | null;
  /** FROM clause of the records, such as "driver_loans" */
  readonly records: string;
  /** Unique bigint or integer that orders the records, such as "id" */
  readonly key: string;
  /** What a record costs to check, as SQL; 1 where it is left out. A stretch ends before it costs too much. */
  readonly weight?: string;
  /**
   * SQL answers one row for everything that is wrong with the records $1 < key <= $2, with the text columns kind, id,
   * message, expected and actual (Difference). The first stretch begins below every key, the last ends above them all.
   */
  readonly checks: readonly (string | NodeCheck)[];
}

/** What a verification covers. Each module registers its own tables, so that the ledger does not need to know them. */
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

/** A module's part of the verification: a provider that registers the tables with the module. */
export function registerChecks(...tables: readonly IntegrityCheck[]): Provider {
  return {
    provide: Symbol('integrity checks'),
    useFactory: (checks: IntegrityChecks) => checks.register(...tables),
    inject: [IntegrityChecks],
  };
}
