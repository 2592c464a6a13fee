import type { Statement } from '../database/row-streams.js';
import { Readable } from 'node:stream';
import { escapedFormula, needsEscape } from './escape-formula.js';
import type { ExportSource } from './export-sql.js';
import { cellsOf } from './export-sql.js';
import type { ExportColumn, ExportTable } from './export-table.js';
import { isFreeText } from './export-table.js';

interface CsvRow {
  readonly line: string;
}

/** Without it, Excel uses the code page of the machine and breaks accents. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
/** Buffer size in bytes. A batch is larger, so at most one batch waits for the reader. */
const BUFFER_BYTES = 65_536;

const QUOTED_CHARACTERS = '[",\\r\\n]';

/**
 * The rows as CSV (RFC 4180), composed by the database. Only text is escaped against formulas. Numbers are written
 * unchanged, instants in UTC as in the API.
 */
export function csvRows(source: ExportSource): Statement {
  const { text, parameters } = cellsOf(source);
  const line = source.columns.map(csvCell).join(`, ',', `);
  return { text: `SELECT concat(${line}) AS line FROM (${text}) AS cell`, parameters };
}

/** The table as CSV in UTF-8. The first line contains the field names of the API, so that programs can read it. */
export function csvOf(table: ExportTable<CsvRow>): Readable {
  return Readable.from(linesOf(table), { objectMode: false, highWaterMark: BUFFER_BYTES });
}

async function* linesOf(table: ExportTable<CsvRow>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + table.columns.map(({ field }) => field).join(',') + LINE_END;
  for await (const rows of table.rows()) {
    let lines = '';
    for (const { line } of rows) lines += line + LINE_END;
    yield lines;
  }
}

function csvCell(column: ExportColumn): string {
  const cell = `cell."${column.field}"`;
  if (column.kind === 'instant')
    return `to_char(${cell} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  if (!isFreeText(column)) return `${cell}::text`;
  const quoted = `'"' || replace(${escapedFormula(cell)}, '"', '""') || '"'`;
  return `CASE WHEN ${needsEscape(cell, QUOTED_CHARACTERS)} THEN ${quoted} ELSE ${cell} END`;
}
