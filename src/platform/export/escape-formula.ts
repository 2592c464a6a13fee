/** White space in a text, also for PostgreSQL, whose \s may be that of ASCII only */
const SPACE = '[\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]';
/** The characters that start a formula, also as full-width characters */
const FORMULA_SIGN = '[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]';
/** The start of a text that a spreadsheet may treat as a formula. JavaScript and PostgreSQL read it alike. */
const FORMULA = `^(?:${SPACE}*${FORMULA_SIGN}|[\\t\\r\\n])`;
const STARTS_FORMULA = new RegExp(FORMULA, 'u');

/** Prefixes a possible formula with an apostrophe, so that spreadsheets show it but never run it. */
export function escapeFormula(text: string): string {
  return STARTS_FORMULA.test(text) ? `'${text}` : text;
}

/** The same in SQL, for a text expression. */
export const escapedFormula = (text: string): string =>
  `CASE WHEN ${text} ~ '${FORMULA}' THEN '''' || ${text} ELSE ${text} END`;

/**
 * Whether a text must be escaped, as SQL: it could be a formula, begins or ends with white space, or contains one of the
 * characters.
 *
 * @param characters a regular expression
 */
export const needsEscape = (text: string, characters: string): string =>
  `${text} ~ '${characters}|^${FORMULA_SIGN}|^${SPACE}|${SPACE}$'`;
