import type { Statement } from '../database/row-streams.js';
import type { Readable } from 'node:stream';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { PdfThread } from '../pdf/pdf-thread.js';
import { csvOf, csvRows } from './csv-writer.js';
import { excelRows } from './excel/excel-rows.js';
import { excelOf } from './excel/excel-writer.js';
import type { ExportSource } from './export-sql.js';
import { cellsOf, itemsOf } from './export-sql.js';
import type { ExportTable } from './export-table.js';
import { jsonOf } from './json-writer.js';
import { reportOf } from './printed-report.js';

export interface Format {
  readonly extension: string;
  readonly mediaType: string;
  /** Selects the rows as `write` reads them. The database composes the lines of the long formats. */
  readonly rows: (source: ExportSource, timeZone: string) => Statement;
  /** Streams the table. Destroying the stream stops reading. */
  readonly write: (table: ExportTable<never>, thread: PdfThread) => Readable;
}

/** The only list of formats. */
export const EXPORT_FORMATS = {
  excel: {
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    rows: (source, timeZone) => excelRows(source, timeZone),
    write: (table) => excelOf(table),
  },
  pdf: { extension: 'pdf', mediaType: 'application/pdf', rows: printedCells, write: reportOf },
  csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8', rows: csvRows, write: csvOf },
  json: { extension: 'json', mediaType: 'application/json; charset=utf-8', rows: itemsOf, write: jsonOf },
} as const satisfies Record<string, Format>;

/** Paper has no room for all columns. */
function printedCells({ columns, ...source }: ExportSource): Statement {
  return cellsOf({ ...source, columns: columns.filter(({ excludeFromPdf }) => !excludeFromPdf) });
}

/** Throws VALIDATION_FAILED if the format is unknown. */
export function formatNamed(name: string): Format {
  const format = Object.entries<Format>(EXPORT_FORMATS).find(([known]) => known === name)?.[1];
  if (format) return format;
  const message = `format must be one of ${Object.keys(EXPORT_FORMATS).join(', ')}`;
  throw new DomainError('VALIDATION_FAILED', `F${message.slice(1)}.`, [{ field: 'format', message }]);
}
