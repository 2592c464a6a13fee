/** Without it Excel reads the file in the code page of the machine, and no accent survives. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet may take for the beginning of a formula; an apostrophe before it makes it text. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const TO_BE_QUOTED = /[",\r\n]|^\s|\s$/;

/** A file that spreadsheets open, with the rules that the service's own exports have. */
export function csvOf(rows: readonly (readonly string[])[]): Blob {
  const lines = rows.map((cells) => `${cells.map(cell).join(',')}\r\n`);
  return new Blob([BYTE_ORDER_MARK, ...lines], { type: 'text/csv' });
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return TO_BE_QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
