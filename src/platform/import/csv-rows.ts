import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Options } from 'csv-parse';
import type { CsvFile } from './csv-file.js';
import { utf8Lines } from './csv-text.js';
import { fileRefusal } from './file-refusal.js';

/** One row as it stands in the file. */
export interface CsvRow {
  /** The line on which it begins, from 1; a quoted cell may hold line ends */
  readonly line: number;
  readonly cells: readonly string[];
  /** How many bytes of the file end with it */
  readonly bytes: number;
}

/** What csv-parse hands on with `raw` */
interface RawRecord {
  readonly record: string[];
  readonly raw: string;
}

const MAX_ROW_BYTES = 65_536;
const LINE_END = /\r\n|\r|\n/g;
/** With which Excel is told what separates the cells */
const DELIMITER_LINE = /^\ufeff?"?sep=([,;\t])"?\s*$/i;

/** What csv-parse calls a fault of the file, as a sentence about the row that begins on the line. */
const FAULTS: Readonly<Record<string, (line: number) => string>> = {
  CSV_QUOTE_NOT_CLOSED: (line) => `The quotation mark in the row of line ${line} is never closed.`,
  CSV_INVALID_CLOSING_QUOTE: (line) =>
    `In the row of line ${line} something follows a closing quotation mark; within a cell it is doubled ("").`,
  INVALID_OPENING_QUOTE: (line) =>
    `In the row of line ${line} a quotation mark stands within a cell that does not begin with one.`,
  CSV_MAX_RECORD_SIZE: (line) =>
    `The row of line ${line} is longer than ${MAX_ROW_BYTES / 1024} KiB; maybe a quotation mark is not closed.`,
};

/**
 * The rows of a CSV file (RFC 4180; commas, semicolons or tabs), the header first, blank lines left out. Reads as fast as
 * it is asked and holds one chunk. Throws IMPORT_FILE_INVALID.
 */
export async function* csvRows(file: CsvFile): AsyncGenerator<CsvRow> {
  const lines = utf8Lines(file.read());
  const first = await lines.next();
  if (first.done) throw fileRefusal('The file is empty.');
  let nextLine = 1;
  const options: Options<CsvRow, RawRecord> = {
    bom: true,
    delimiter: delimiterOf(first.value),
    raw: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: ({ record, raw }, { bytes }) => {
      const line = nextLine;
      // csv-parse counts CR and LF of one line end within quotes twice
      nextLine += raw.match(LINE_END)?.length ?? 0;
      const isLeftOut =
        record.every((cell) => cell.trim() === '') || (line === 1 && DELIMITER_LINE.test(raw));
      return isLeftOut ? null : { line, cells: record, bytes };
    },
  };
  // Its types know of no `raw`
  const parser = parse(options as unknown as Options);
  pipeline(Readable.from(startingWith(first.value, lines)), parser, () => undefined);
  try {
    for await (const row of parser) yield row as CsvRow;
  } catch (error) {
    const fault = FAULTS[String((error as { code?: unknown }).code)];
    throw fault ? fileRefusal(fault(nextLine)) : error;
  }
}

/**
 * Excel writes semicolons where the comma is the decimal mark, and tabs into its "Unicode text". The first line decides: it
 * names the delimiter, or it is the header, and no column's name holds any of them.
 */
export function delimiterOf(start: Buffer): string {
  const [first = ''] = start.toString('utf8').split(LINE_END, 1);
  const named = DELIMITER_LINE.exec(first)?.[1];
  return named ?? [',', ';', '\t'].find((delimiter) => first.includes(delimiter)) ?? ',';
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
