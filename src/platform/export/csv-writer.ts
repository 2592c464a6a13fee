import { Readable } from 'node:stream';
import type { CellValue, ExportTable } from './export-table.js';
import { escapeFormula } from './escape-formula.js';

/** Without it Excel reads the file in the code page of the machine, and no accent survives. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const TO_BE_QUOTED = /[",\r\n]|^\s|\s$/;
/** Bytes that wait for a reader; a batch is more than that, so one waits at most */
const BUFFER_BYTES = 65_536;

/**
 * The table as RFC 4180 has it, in UTF-8. Its first line names the fields as the API does, and nothing but rows follows:
 * a program reads it back. Only text is guarded against formulas: a number is written as it is.
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
      for (const { of, kind } of columns) {
        const value = of(item);
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

/** What no separator can stand in: a number, a date, an instant in UTC as the API has it, true or false, or nothing. */
function plain(value: CellValue): string {
  if (value === null) return '';
  return value instanceof Date ? value.toISOString() : String(value);
}

function quoted(text: string): string {
  return TO_BE_QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
