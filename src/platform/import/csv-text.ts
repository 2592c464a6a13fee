import { isUtf8 } from 'node:buffer';
import { fileRefusal } from './file-refusal.js';

const LINE_FEED = 0x0a;
const MAX_LINE_BYTES = 1_048_576;

/** What a file begins with that is no text, though its name may end in .csv. */
const SIGNATURES: readonly (readonly [start: string, sentence: string])[] = [
  [
    '504b0304',
    'The file is an Excel workbook or an archive, not text. Save it as "CSV UTF-8" and send that.',
  ],
  ['d0cf11e0', 'The file is an Excel workbook, not text. Save it as "CSV UTF-8" and send that.'],
  ['1f8b', 'The file is compressed. Send the CSV file itself.'],
  ['25504446', 'The file is a PDF, not text. Send the list as "CSV UTF-8".'],
  ['fffe', 'The file is UTF-16, not UTF-8 text. Save it as "CSV UTF-8" and send that.'],
  ['feff', 'The file is UTF-16, not UTF-8 text. Save it as "CSV UTF-8" and send that.'],
];

/**
 * The bytes again, in whole lines, once they are known to be UTF-8 text. Throws IMPORT_FILE_INVALID, which names the
 * first line that is not; holds no more than a chunk and a line.
 */
export async function* utf8Lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let lines = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (lines === 0 && rest.length === 0) requireText(chunk);
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = block.lastIndexOf(LINE_FEED) + 1;
    const whole = block.subarray(0, end);
    rest = block.subarray(end);
    requireUtf8(whole, lines);
    if (rest.length > MAX_LINE_BYTES) {
      throw fileRefusal(`Line ${lines + countOf(whole) + 1} has no end: no row is that long.`);
    }
    lines += countOf(whole);
    if (whole.length > 0) yield whole;
  }
  requireUtf8(rest, lines);
  if (rest.length > 0) yield rest;
}

function requireText(start: Buffer): void {
  const hex = start.subarray(0, 4).toString('hex');
  const found = SIGNATURES.find(([signature]) => hex.startsWith(signature));
  if (found) throw fileRefusal(found[1]);
}

function requireUtf8(lines: Buffer, linesBefore: number): void {
  if (isUtf8(lines) && !lines.includes(0)) return;
  let start = 0;
  for (let line = linesBefore + 1; start < lines.length; line += 1) {
    const end = lines.indexOf(LINE_FEED, start) + 1 || lines.length;
    refuseLine(lines.subarray(start, end), line);
    start = end;
  }
}

function refuseLine(bytes: Buffer, line: number): void {
  if (!isUtf8(bytes)) {
    throw fileRefusal(
      `The file is not UTF-8 text: line ${line} holds bytes that are none. Save it as "CSV UTF-8" and send that.`,
    );
  }
  if (bytes.includes(0)) throw fileRefusal(`Line ${line} holds a NUL character, which no text has.`);
}

function countOf(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(LINE_FEED); at !== -1; at = lines.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
