import { isUtf8 } from 'node:buffer';

const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/i;
const NO_VALUE = /^(?:NULL|\\N)$/;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const SPREADSHEET_DATE = new RegExp(`^(?:\\d{1,2}-${MONTH}(?:-\\d{2,4})?|${MONTH}-\\d{2})$`, 'i');

/** The characters of Windows-1252 for the bytes 0x80 to 0x9F, in order. Five bytes have no character. */
const WINDOWS_1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** Why the content of a cell is probably wrong, as the end of a sentence about its column. Null if it is fine. */
export function suspicionOf(cell: string): string | null {
  const text = cell.trim();
  if (SPREADSHEET_ERROR.test(text)) return 'contains a spreadsheet error; enter the value';
  if (NO_VALUE.test(text))
    return 'contains the placeholder of a database for an empty value; leave the cell empty';
  if (SPREADSHEET_DATE.test(text)) {
    return 'contains a date that a spreadsheet made from another value; format the column as text and enter the value again';
  }
  if (isMisread(text)) {
    return 'contains accents in the wrong encoding, for example "Ã©"; save the file as "CSV UTF-8" from its source';
  }
  return null;
}

/**
 * Whether the text is UTF-8 that a program decoded as Windows-1252. Encoded as Windows-1252 again, such a text is
 * valid UTF-8.
 */
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
