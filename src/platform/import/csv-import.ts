import type { Actor } from '../../kernel/access/actor.js';
import type { Tx } from '../database/transactions.js';
import type { CsvLayout } from './csv-layout.js';
import type { Outcome } from './import-report.js';
import type { Cells, RowError } from './row-error.js';

/** A row that passed the rules of its fields. */
export interface ParsedRow<Entry> {
  readonly line: number;
  readonly cells: Cells;
  readonly entry: Entry;
}

export type RowResult = Outcome | readonly RowError[];

/** One kind of file that can be imported: what a module says of it, so that `CsvImports` can run it. */
export interface CsvImport<Entry, Layout extends CsvLayout = CsvLayout> {
  /** What the rows are, such as `drivers` */
  readonly kind: string;
  readonly layouts: readonly Layout[];
  /** Whether one bad row refuses the file, where nothing else is asked for */
  readonly allOrNothing: boolean;
  /** Whether a file that is all or nothing is tried to its end before the first record is written */
  readonly dryRunFirst: boolean;
  /** Checks the fields as the API does. Throws DomainError, whose fields are columns of the layout. */
  read(cells: Cells, layout: Layout): Entry;
  /** By what the record is known, within the file and in the books; one row of a file may name it. */
  keyOf(entry: Entry): string;
  /**
   * Brings the rows into the books, with their audit entries, and says what became of each, by its line.
   * @param isDryRun nothing of it will stand: what only costs, such as numbers from a sequence, may be spared
   */
  write(
    tx: Tx,
    actor: Actor,
    rows: readonly ParsedRow<Entry>[],
    isDryRun: boolean,
  ): Promise<ReadonlyMap<number, RowResult>>;
}
