import { Readable } from 'node:stream';
import type { PdfThread } from '../pdf/pdf-thread.js';
import type { CellValue, ExportColumn, ExportTable } from './export-table.js';
import { pdfOf, requirePrintable } from './pdf-writer.js';

/** An item as plain cell values, because functions cannot be sent to another thread. */
interface ReportRow {
  readonly cells: readonly CellValue[];
  /** The amount that the row adds to each total. Null if the row is not counted. */
  readonly addends: readonly CellValue[] | null;
}

type ReportColumn = Omit<ExportColumn, 'cellValue' | 'addend'>;

/** A table without its rows, as plain data. */
export interface ReportTable extends Pick<
  ExportTable,
  'title' | 'fileName' | 'filters' | 'madeAt' | 'timeZone'
> {
  readonly columns: readonly ReportColumn[];
  readonly rowCount: number;
}

/**
 * The table as a PDF report, drawn by the thread. The stream fails with REPORT_TOO_LONG before its first byte if it
 * is too long.
 */
export function reportOf(table: ExportTable, thread: PdfThread): Readable {
  return Readable.from(drawnBy(thread, table), { objectMode: false });
}

async function* drawnBy(thread: PdfThread, table: ExportTable): AsyncGenerator<Buffer> {
  const rowCount = await table.count();
  requirePrintable(rowCount);
  const { title, fileName, filters, madeAt, timeZone } = table;
  const columns = table.columns.filter(({ excludeFromPdf }) => !excludeFromPdf);
  const report: ReportTable = {
    ...{ title, fileName, filters, madeAt, timeZone, rowCount },
    columns: columns.map(({ cellValue: _cellValue, addend: _addend, ...column }) => column),
  };
  yield* thread.draw({ kind: 'report', table: report }, rowsOf(table, columns));
}

async function* rowsOf(
  table: ExportTable,
  columns: readonly ExportColumn[],
): AsyncGenerator<readonly ReportRow[]> {
  for await (const items of table.items()) {
    yield items.map((item) => ({
      cells: columns.map(({ cellValue }) => cellValue(item)),
      addends: table.isCounted(item)
        ? columns.map(({ cellValue, addend = cellValue }) => addend(item))
        : null,
    }));
  }
}

/** Runs in the thread: draws the report of the rows. */
export function printedReport(
  { columns, rowCount, ...table }: ReportTable,
  rows: AsyncIterable<readonly object[]>,
): Readable {
  return pdfOf({
    ...table,
    columns: columns.map((column, index) => ({
      ...column,
      cellValue: (row) => (row as ReportRow).cells[index] ?? null,
      addend: (row) => (row as ReportRow).addends?.[index] ?? null,
    })),
    isCounted: (row) => (row as ReportRow).addends !== null,
    items: () => rows,
    count: () => Promise.resolve(rowCount),
  });
}
