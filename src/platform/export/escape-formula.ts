/** What a spreadsheet may take for the beginning of a formula, also in its full-width forms and behind blanks. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** The text as a spreadsheet shows it and never runs it: an apostrophe stands before what could be a formula. */
export function escapeFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
