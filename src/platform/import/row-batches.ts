import { DomainError } from '../../kernel/errors/domain-error.js';
import type { CsvFile } from './csv-file.js';
import type { ParsedRow, RowReader } from './csv-import.js';
import type { CsvLayout, MatchedHeader } from './csv-layout.js';
import { matchHeader } from './csv-layout.js';
import type { CsvRow } from './csv-rows.js';
import { csvRows } from './csv-rows.js';
import { fileError } from './file-error.js';
import { rowErrorsOf } from './row-error.js';
import type { Cells, RowError } from './row-error.js';
import { suspicionOf } from './cells/suspicious-cell.js';

/** Consecutive rows of the file. */
export interface RowBatch<Entry> {
  /** The line of every row, in the order of the file */
  readonly lines: readonly number[];
  /** The rows that passed their field rules */
  readonly rows: readonly ParsedRow<Entry>[];
  /** The errors of the other rows, by line */
  readonly errors: ReadonlyMap<number, readonly RowError[]>;
  /** Number of bytes of the file up to the end of the batch */
  readonly bytes: number;
}

const BATCH_ROWS = 1_000;

/** Reads the file and validates each row by itself. Throws IMPORT_FILE_INVALID, also without rows, and IMPORT_HEADER_INVALID. */
export async function* readBatches<Entry, Layout extends CsvLayout>(
  file: CsvFile,
  definition: RowReader<Entry, Layout>,
): AsyncGenerator<RowBatch<Entry>> {
  let header: MatchedHeader<Layout> | undefined;
  let batch: CsvRow[] = [];
  let hasRows = false;
  for await (const row of csvRows(file)) {
    if (!header) {
      header = matchHeader(row.cells, definition.layouts);
      continue;
    }
    hasRows = true;
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield parseBatch(batch, header, definition);
    batch = [];
  }
  if (!header) throw fileError('The file is empty.');
  if (!hasRows) throw fileError('The file has a header but no rows.');
  if (batch.length > 0) yield parseBatch(batch, header, definition);
}

function parseBatch<Entry, Layout extends CsvLayout>(
  batch: readonly CsvRow[],
  header: MatchedHeader<Layout>,
  definition: RowReader<Entry, Layout>,
): RowBatch<Entry> {
  const rows: ParsedRow<Entry>[] = [];
  const errors = new Map<number, RowError[]>();
  for (const row of batch) {
    const named = { line: row.line, cells: namedCells(row, header) };
    try {
      requireWidth(row, header);
      rejectSuspiciousCells(named.cells);
      rows.push({ ...named, entry: definition.read(named.cells, header.layout) });
    } catch (error) {
      errors.set(row.line, rowErrorsOf(named, withMissingCells(named.cells, error)));
    }
  }
  return { lines: batch.map(({ line }) => line), rows, errors, bytes: batch.at(-1)?.bytes ?? 0 };
}

/** Blank cells are omitted. */
function namedCells({ cells }: CsvRow, { columns }: MatchedHeader<CsvLayout>): Cells {
  const named = columns.map((name, place) => [name, cells[place] ?? ''] as const);
  return Object.fromEntries(named.filter(([, text]) => text.trim() !== ''));
}

/**
 * Rejects a row with too many or too few cells: its cells may have shifted. Extra empty cells at the end are
 * allowed.
 */
function requireWidth({ cells }: CsvRow, { columns }: MatchedHeader<CsvLayout>): void {
  const isEmptyBeyond = cells.slice(columns.length).every((cell) => cell.trim() === '');
  if (cells.length >= columns.length && isEmptyBeyond) return;
  const count = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  throw new DomainError('VALIDATION_FAILED', `The row has ${count}, but the header has ${columns.length}.`);
}

/** The error of a row, in which the message of an empty cell says that the value is missing. */
function withMissingCells(cells: Cells, error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  const fields = error.fields.map(({ field, message }) => ({
    field,
    message: cells[field] === undefined ? `${field} is missing` : message,
  }));
  return new DomainError(error.code, error.message, fields);
}

function rejectSuspiciousCells(cells: Cells): void {
  const fields = Object.entries(cells).flatMap(([field, cell]) => {
    const suspicion = suspicionOf(cell);
    return suspicion === null ? [] : [{ field, message: `${field} ${suspicion}` }];
  });
  const [first] = fields;
  if (first) throw new DomainError('VALIDATION_FAILED', `${first.message}.`, fields);
}
