/** Characters that are not visible on a screen: controls, formats and every space except the plain one. */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}/u;

/**
 * Characters that no text may contain: controls, lone surrogates, characters that hide or reverse their neighbors,
 * and the replacement character. Joiners and emoji variants are allowed: some scripts need them.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd\u2028\u2029]|(?!\u200c|\u200d|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}])[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const LINE_CHARACTERS = /[\t\n\r]/g;

const BLANKS = /\p{Zs}+/gu;
const BLANK_TEXT = /^[\s\p{Default_Ignorable_Code_Point}\u2800]+$/u;

/**
 * Whether every character of an identifier is visible. An invisible character would make two equal-looking
 * references different, and one receipt could be recorded twice.
 */
export function isVisibleText(text: string): boolean {
  return !INVISIBLE.test(text);
}

/** Whether a single-line text, for example a name or a reason, is printable and not blank. */
export function isPrintableText(text: string): boolean {
  return !UNPRINTABLE.test(text) && !BLANK_TEXT.test(text);
}

/** Like `isPrintableText`, for a text that may contain line breaks and tabs. */
export function arePrintableLines(text: string): boolean {
  return isPrintableText(text.replaceAll(LINE_CHARACTERS, 'x')) && !BLANK_TEXT.test(text);
}

/** Normalizes a single-line text: composed accents, single plain spaces, trimmed. */
export function normalizeText(text: string): string {
  return text.normalize('NFC').replaceAll(BLANKS, ' ').trim();
}

/** Normalizes a multi-line text: like `normalizeText`, but repeated spaces and line breaks stay. */
export function normalizeLines(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Zs}/gu, ' ')
    .trim();
}
