/**
 * The start of a text that a spreadsheet may treat as a formula, including full-width characters and leading
 * spaces.
 */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** Prefixes a possible formula with an apostrophe, so that spreadsheets show it but never run it. */
export function escapeFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
