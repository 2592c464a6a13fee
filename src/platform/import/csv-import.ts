import type { Actor } from '../../kernel/access/actor.js';
import type { Tx } from '../database/transactions.js';
import type { CsvLayout } from './csv-layout.js';
import type { RowResult } from './import-report.js';
import type { Cells } from './row-error.js';

/** A row that passed its field rules. */
export interface ParsedRow<Entry> {
  readonly line: number;
  readonly cells: Cells;
  readonly entry: Entry;
}

/** How the rows of a kind of file are read. */
export interface RowReader<Entry, Layout extends CsvLayout = CsvLayout> {
  readonly layouts: readonly Layout[];
  /** Validates the fields like the API. Throws DomainError, with column names as fields. */
  read(cells: Cells, layout: Layout): Entry;
}

/** A kind of file that can be imported. A module defines it and `CsvImports` runs it. */
export interface CsvImport<Entry, Layout extends CsvLayout = CsvLayout> extends RowReader<Entry, Layout> {
  /** The kind of rows, for example `drivers` */
  readonly kind: string;
  /** Whether one invalid row rejects the file, by default */
  readonly allOrNothing: boolean;
  /** Whether an all-or-nothing file is checked completely before the first record is written */
  readonly dryRunFirst: boolean;
  /** The key of the record, in the file and in the database. Only one row of a file may have it. */
  keyOf(entry: Entry): string;
  /**
   * Writes the rows with their audit entries, and returns the result of each row by line.
   * @param isDryRun everything will be rolled back, so costly steps without effect on the result may be skipped,
   * for example numbers from a sequence
   */
  write(
    tx: Tx,
    actor: Actor,
    rows: readonly ParsedRow<Entry>[],
    isDryRun: boolean,
  ): Promise<ReadonlyMap<number, RowResult>>;
}
