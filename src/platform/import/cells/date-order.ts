import type { CsvFile } from '../csv-file.js';
import { delimiterOf } from '../csv-rows.js';
import { utf8Lines } from '../csv-text.js';
import { fileError } from '../file-error.js';

/** A whole cell like 11/2/2025 */
const SLASHED_DATE = /(?<=^|[,;\t"\r\n])[ ]*((\d{1,2})\/(\d{1,2})\/\d{4})[ ]*(?=$|[,;\t"\r\n])/g;

/**
 * Rejects a file whose dates may begin with the day: a file with semicolons, as European spreadsheets save it, or
 * with a date whose first number is above 12. Otherwise many dates would be read with day and month exchanged.
 * Throws IMPORT_FILE_INVALID.
 */
export async function requireMonthFirst(file: CsvFile): Promise<void> {
  let line = 1;
  let hasSemicolons: boolean | null = null;
  for await (const block of utf8Lines(file.read())) {
    const text = block.toString('utf8');
    hasSemicolons ??= delimiterOf(block) === ';';
    for (const { index, 1: date = '', 2: first } of text.matchAll(SLASHED_DATE)) {
      if (!hasSemicolons && Number(first) <= 12) continue;
      throw fileError(
        `Line ${line + lineEndsIn(text.slice(0, index))} has the date ${date}. In this file such a date may begin with the day or ` +
          'with the month. Write all dates as YYYY-MM-DD.',
      );
    }
    line += lineEndsIn(text);
  }
}

const lineEndsIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
