import { isUtf8 } from 'node:buffer';

const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/i;
const NO_VALUE = /^(?:NULL|\\N)$/;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const SPREADSHEET_DATE = new RegExp(`^(?:\\d{1,2}-${MONTH}(?:-\\d{2,4})?|${MONTH}-\\d{2})$`, 'i');

/** The characters that Windows-1252 has for the bytes 0x80 to 0x9F, in their order; it leaves five of them out. */
const WINDOWS_1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** Why a cell cannot mean what it says, as the end of a sentence about its column; null if it can. */
export function suspicionOf(cell: string): string | null {
  const text = cell.trim();
  if (SPREADSHEET_ERROR.test(text)) return 'holds an error of a spreadsheet; write the value';
  if (NO_VALUE.test(text)) return 'holds the word that databases write for no value; leave the cell empty';
  if (SPREADSHEET_DATE.test(text)) {
    return 'holds a date that a spreadsheet made of something else; format the column as text and write the value again';
  }
  if (isMisread(text)) {
    return 'holds accents that were read in the wrong encoding, such as "Ã©"; save the file as "CSV UTF-8" from its source';
  }
  return null;
}

/** Whether the text is UTF-8 that a program has read as Windows-1252: written in that encoding it is UTF-8 again. */
function isMisread(text: string): boolean {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = byteOf(character);
    if (byte === null) return false;
    bytes.push(byte);
  }
  return bytes.some((byte) => byte > 0x7f) && isUtf8(Uint8Array.from(bytes));
}

function byteOf(character: string): number | null {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return code;
  const place = WINDOWS_1252.indexOf(character);
  return place === -1 ? null : 0x80 + place;
}
