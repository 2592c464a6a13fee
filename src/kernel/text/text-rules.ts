/** Characters without a mark of their own on a screen: controls, formats, every space but the plain one. */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}/u;

/**
 * What no text holds: controls, half of a surrogate pair, characters that hide or reverse their neighbours, and the one
 * that stands for what could not be read. Joiners and emoji variants are part of words in some scripts.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd\u2028\u2029]|(?!\u200c|\u200d|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}])[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const LINE_CHARACTERS = /[\t\n\r]/g;

const BLANKS = /\p{Zs}+/gu;
const BLANK_TEXT = /^[\s\p{Default_Ignorable_Code_Point}\u2800]+$/u;

/**
 * Whether everything in an identifier can be seen. Two references that look alike must be one: with a character that
 * leaves no mark, one receipt would be booked twice.
 */
export function isVisibleText(text: string): boolean {
  return !INVISIBLE.test(text);
}

/** Whether a text on one line, such as a name or a reason, can be printed and is not blank. */
export function isPrintableText(text: string): boolean {
  return !UNPRINTABLE.test(text) && !BLANK_TEXT.test(text);
}

/** The same for a text that may have line ends and tabs. */
export function arePrintableLines(text: string): boolean {
  return isPrintableText(text.replaceAll(LINE_CHARACTERS, 'x')) && !BLANK_TEXT.test(text);
}

/** One spelling of a text on one line: composed accents and single plain spaces, none around it. */
export function normalizeText(text: string): string {
  return text.normalize('NFC').replaceAll(BLANKS, ' ').trim();
}

/** The same for a text with several lines, whose indents and columns stay. */
export function normalizeLines(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Zs}/gu, ' ')
    .trim();
}
