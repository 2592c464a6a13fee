import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { fileError } from './file-error.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const MAX_LINE_BYTES = 1_048_576;

/** The first bytes of common files that are not text, even if their name ends with .csv. */
const SIGNATURES: readonly (readonly [start: string, sentence: string])[] = [
  [
    '504b0304',
    'The file is an Excel workbook or an archive, not text. Save it as "CSV UTF-8" and send that.',
  ],
  ['d0cf11e0', 'The file is an Excel workbook, not text. Save it as "CSV UTF-8" and send that.'],
  ['1f8b', 'The file is compressed. Send the CSV file itself.'],
  ['25504446', 'The file is a PDF, not text. Send the list as "CSV UTF-8".'],
  ['feff', 'The file is UTF-16, not UTF-8 text. Save it as "CSV UTF-8" and send that.'],
];

/**
 * Reads the text as UTF-8 in whole lines. Converts UTF-16, for example Excel's "Unicode text". Throws
 * IMPORT_FILE_INVALID with the first line that is neither. Keeps at most one chunk and one line in memory.
 */
export async function* utf8Lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let lines = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of inUtf8(chunks)) {
    if (lines === 0 && rest.length === 0) requireText(chunk);
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = endOfLastLine(block);
    const whole = block.subarray(0, end);
    rest = block.subarray(end);
    requireUtf8(whole, lines);
    if (rest.length > MAX_LINE_BYTES) {
      throw fileError(
        `Line ${lines + countLines(whole) + 1} is longer than ${MAX_LINE_BYTES / 1_048_576} MiB.`,
      );
    }
    lines += countLines(whole);
    if (whole.length > 0) yield whole;
  }
  requireUtf8(rest, lines);
  if (rest.length > 0) yield rest;
}

/**
 * Detects UTF-16 by its little-endian byte order mark, as Windows writes it. Invalid text is rejected, never
 * repaired.
 */
async function* inUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let utf16: TextDecoder | null = null;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe)
      utf16 = new TextDecoder('utf-16le', { fatal: true });
    isFirst = false;
    yield utf16 ? decoded(utf16, chunk) : chunk;
  }
  if (utf16) decoded(utf16);
}

/** @param chunk the next chunk; undefined at the end of the file, where half a character may remain */
function decoded(utf16: TextDecoder, chunk?: Buffer): Buffer {
  try {
    return Buffer.from(utf16.decode(chunk, { stream: chunk !== undefined }));
  } catch {
    throw fileError('The file is invalid UTF-16 text. Save it as "CSV UTF-8" and send that.');
  }
}

function requireText(start: Buffer): void {
  const hex = start.subarray(0, 4).toString('hex');
  const found = SIGNATURES.find(([signature]) => hex.startsWith(signature));
  if (found) throw fileError(found[1]);
}

function requireUtf8(lines: Buffer, linesBefore: number): void {
  if (isUtf8(lines) && !lines.includes(0)) return;
  let start = 0;
  for (let line = linesBefore + 1; start < lines.length; line += 1) {
    const end = endOfLine(lines, start) ?? lines.length;
    requireValidLine(lines.subarray(start, end), line);
    start = end;
  }
}

function requireValidLine(bytes: Buffer, line: number): void {
  if (!isUtf8(bytes)) {
    throw fileError(
      `The file is not UTF-8 text: line ${line} contains invalid bytes. Save it as "CSV UTF-8" and send that.`,
    );
  }
  if (bytes.includes(0)) throw fileError(`Line ${line} contains a NUL character.`);
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let end = endOfLine(lines, 0); end !== null; end = endOfLine(lines, end)) count += 1;
  return count;
}

/**
 * The end of the line that begins at `start`, including its line break. Null if the line continues after the block.
 */
function endOfLine(block: Buffer, start: number): number | null {
  for (let at = start; at < block.length; at += 1) {
    if (block[at] === LINE_FEED) return at + 1;
    if (block[at] === CARRIAGE_RETURN) return block[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }
  return null;
}

/**
 * The end of the last complete line of the block. A carriage return at the very end may be followed by a line feed.
 */
function endOfLastLine(block: Buffer): number {
  const lineFeed = block.lastIndexOf(LINE_FEED);
  return (lineFeed === -1 ? block.lastIndexOf(CARRIAGE_RETURN, -2) : lineFeed) + 1;
}
