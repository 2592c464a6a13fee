import { Readable } from 'node:stream';
import type { CellValue, ExportTable } from './export-table.js';
import { escapeFormula } from './escape-formula.js';

/** Without it, Excel uses the code page of the machine and breaks accents. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;
/** Buffer size in bytes. A batch is larger, so at most one batch waits for the reader. */
const BUFFER_BYTES = 65_536;

/**
 * The table as CSV (RFC 4180) in UTF-8. The first line contains the field names of the API, followed only by rows,
 * so that programs can read it. Only text is escaped against formulas. Numbers are written unchanged.
 */
export function csvOf(table: ExportTable): Readable {
  return Readable.from(linesOf(table), { objectMode: false, highWaterMark: BUFFER_BYTES });
}

async function* linesOf(table: ExportTable): AsyncGenerator<string> {
  const { columns } = table;
  yield BYTE_ORDER_MARK + columns.map(({ field }) => field).join(',') + LINE_END;
  for await (const items of table.items()) {
    let lines = '';
    for (const item of items) {
      let separator = '';
      for (const { cellValue, kind } of columns) {
        const value = cellValue(item);
        lines +=
          separator +
          (kind === 'text' && typeof value === 'string' ? quoted(escapeFormula(value)) : plain(value));
        separator = ',';
      }
      lines += LINE_END;
    }
    yield lines;
  }
}

/**
 * A value that cannot contain a separator: a number, a date, an instant in UTC as in the API, a boolean, or
 * nothing.
 */
function plain(value: CellValue): string {
  if (value === null) return '';
  return value instanceof Date ? value.toISOString() : String(value);
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
