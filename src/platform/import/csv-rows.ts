import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Options } from 'csv-parse';
import type { CsvFile } from './csv-file.js';
import { utf8Lines } from './csv-text.js';
import { fileError } from './file-error.js';

/** A row of the file. */
export interface CsvRow {
  /** The line on which the row begins, from 1. A quoted cell may contain line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Number of bytes of the file up to the end of the row */
  readonly bytes: number;
}

/** The record of csv-parse with the option `raw` */
interface RawRecord {
  readonly record: string[];
  readonly raw: string;
}

const MAX_ROW_BYTES = 65_536;
const LINE_END = /\r\n|\r|\n/g;
/** A first line that names the delimiter for Excel */
const DELIMITER_LINE = /^\ufeff?"?sep=([,;\t])"?\s*$/i;

/** Error messages by error code of csv-parse, for the row that begins on the line. */
const PARSE_ERRORS: Readonly<Record<string, (line: number) => string>> = {
  CSV_QUOTE_NOT_CLOSED: (line) => `The quotation mark in the row of line ${line} is never closed.`,
  CSV_INVALID_CLOSING_QUOTE: (line) =>
    `In the row of line ${line}, text follows a closing quotation mark. Write a quotation mark inside a cell as "".`,
  INVALID_OPENING_QUOTE: (line) =>
    `In the row of line ${line}, a cell contains a quotation mark but does not begin with one.`,
  CSV_MAX_RECORD_SIZE: (line) =>
    `The row of line ${line} is longer than ${MAX_ROW_BYTES / 1024} KiB. Check for a quotation mark that is not closed.`,
};

/**
 * Reads the rows of a CSV file (RFC 4180; commas, semicolons or tabs), including the header, without blank lines.
 * Reads only on demand and keeps one chunk in memory. Throws IMPORT_FILE_INVALID.
 */
export async function* csvRows(file: CsvFile): AsyncGenerator<CsvRow> {
  const lines = utf8Lines(file.read());
  const first = await lines.next();
  if (first.done) throw fileError('The file is empty.');
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
      // csv-parse counts a CR LF inside quotes as two lines
      nextLine += raw.match(LINE_END)?.length ?? 0;
      const isSkipped =
        record.every((cell) => cell.trim() === '') || (line === 1 && DELIMITER_LINE.test(raw));
      return isSkipped ? null : { line, cells: record, bytes };
    },
  };
  // The types of csv-parse do not support `raw`
  const parser = parse(options as unknown as Options);
  pipeline(Readable.from(startingWith(first.value, lines)), parser, () => undefined);
  try {
    for await (const row of parser) yield row as CsvRow;
  } catch (error) {
    const messageFor = PARSE_ERRORS[String((error as { code?: unknown }).code)];
    throw messageFor ? fileError(messageFor(nextLine)) : error;
  }
}

/**
 * Excel separates cells with semicolons where the comma is the decimal mark, and with tabs in its "Unicode text".
 * The first line decides: it names the delimiter, or it is the header, whose column names contain none of the
 * delimiters.
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
