/** Without it Excel reads the file in the code page of the machine and corrupts accents. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A text that a spreadsheet could read as a formula. An apostrophe before it makes it text. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A CSV file for spreadsheets, with the same rules as the exports of the service. */
export function csvOf(rows: readonly (readonly string[])[]): Blob {
  const lines = rows.map((cells) => `${cells.map(cell).join(',')}\r\n`);
  return new Blob([BYTE_ORDER_MARK, ...lines], { type: 'text/csv' });
}

function cell(text: string): string {
  const escaped = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(escaped) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
}
