import { DomainError } from '../../kernel/errors/domain-error.js';
import type { CsvFile } from './csv-file.js';
import type { CsvImport, ParsedRow } from './csv-import.js';
import type { CsvLayout, MatchedHeader } from './csv-layout.js';
import { matchHeader } from './csv-layout.js';
import type { CsvRow } from './csv-rows.js';
import { csvRows } from './csv-rows.js';
import { fileRefusal } from './file-refusal.js';
import { rowErrorsOf } from './row-error.js';
import type { Cells, RowError } from './row-error.js';
import { suspicionOf } from './cells/suspicious-cell.js';

/** Some rows of the file, one after another. */
export interface RowBatch<Entry> {
  /** Of every row, in the order of the file */
  readonly lines: readonly number[];
  /** Those that passed the rules of their fields */
  readonly rows: readonly ParsedRow<Entry>[];
  /** Why the others did not, by line */
  readonly errors: ReadonlyMap<number, readonly RowError[]>;
  /** How many bytes of the file end with it */
  readonly bytes: number;
}

const BATCH_ROWS = 1_000;

/** Reads the file and checks each row by itself. Throws IMPORT_FILE_INVALID, IMPORT_HEADER_INVALID. */
export async function* readBatches<Entry, Layout extends CsvLayout>(
  file: CsvFile,
  what: CsvImport<Entry, Layout>,
): AsyncGenerator<RowBatch<Entry>> {
  let header: MatchedHeader<Layout> | undefined;
  let batch: CsvRow[] = [];
  for await (const row of csvRows(file)) {
    if (!header) {
      header = matchHeader(row.cells, what.layouts);
      continue;
    }
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield parsed(batch, header, what);
    batch = [];
  }
  if (!header) throw fileRefusal('The file is empty.');
  if (batch.length > 0) yield parsed(batch, header, what);
}

function parsed<Entry, Layout extends CsvLayout>(
  batch: readonly CsvRow[],
  header: MatchedHeader<Layout>,
  what: CsvImport<Entry, Layout>,
): RowBatch<Entry> {
  const rows: ParsedRow<Entry>[] = [];
  const errors = new Map<number, RowError[]>();
  for (const row of batch) {
    const named = { line: row.line, cells: namedCells(row, header) };
    try {
      requireWidth(row, header);
      requireMeaning(named.cells);
      rows.push({ ...named, entry: what.read(named.cells, header.layout) });
    } catch (error) {
      errors.set(row.line, rowErrorsOf(named, error));
    }
  }
  return { lines: batch.map(({ line }) => line), rows, errors, bytes: batch.at(-1)?.bytes ?? 0 };
}

/** A blank cell says nothing: it is left out. */
function namedCells({ cells }: CsvRow, { columns }: MatchedHeader<CsvLayout>): Cells {
  const named = columns.map((name, place) => [name, cells[place] ?? ''] as const);
  return Object.fromEntries(named.filter(([, text]) => text.trim() !== ''));
}

/** Too many or too few cells: something shifted, and which cell belongs where is guesswork. Empty cells at the end are none. */
function requireWidth({ cells }: CsvRow, { columns }: MatchedHeader<CsvLayout>): void {
  const isEmptyBeyond = cells.slice(columns.length).every((cell) => cell.trim() === '');
  if (cells.length >= columns.length && isEmptyBeyond) return;
  const count = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  throw new DomainError('VALIDATION_FAILED', `The row has ${count}, the first line ${columns.length}.`);
}

function requireMeaning(cells: Cells): void {
  const fields = Object.entries(cells).flatMap(([field, cell]) => {
    const suspicion = suspicionOf(cell);
    return suspicion === null ? [] : [{ field, message: `${field} ${suspicion}` }];
  });
  const [first] = fields;
  if (first) throw new DomainError('VALIDATION_FAILED', `${first.message}.`, fields);
}
