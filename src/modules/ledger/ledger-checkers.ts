import { Injectable } from '@nestjs/common';

/** A table that a verification walks through from the first record to the last. Everything in it is constant SQL. */
export interface CheckedTable {
  /** What its records are called in the answer, such as "loans"; null where others count them already */
  readonly checked: string | null;
  /** FROM clause of the records, such as "driver_loans" */
  readonly records: string;
  /** Unique bigint or integer by which the records are walked through, such as "id" */
  readonly key: string;
  /** What a record costs to check, as SQL; 1 where it is left out. A stretch ends before it costs too much. */
  readonly weight?: string;
  /**
   * Each answers one row for everything that is wrong with the records $1 < key <= $2, with the text columns kind, id,
   * message, expected and actual (Difference). The first stretch begins below every key, the last ends above them all.
   */
  readonly checks: readonly string[];
}

/** So that the ledger's verification covers the records behind the balances without knowing what they are. */
@Injectable()
export class LedgerCheckers {
  private readonly registered: CheckedTable[] = [];

  get tables(): readonly CheckedTable[] {
    return this.registered;
  }

  register(...tables: readonly CheckedTable[]): void {
    this.registered.push(...tables);
  }
}
