import path from 'node:path';

/** A font of one script, identified by its file name. */
export interface Typeface {
  readonly file: string;
  /** Whether its characters join, stack or run from right to left, so that a run must be laid out as a whole */
  readonly isShaped: boolean;
}

export type Weight = 'regular' | 'bold';

const typeface = (file: string, isShaped = false): Typeface => ({ file, isShaped });

/** Latin, Cyrillic, Greek, digits and punctuation. Digits have equal width, so that amounts align. */
export const LATIN: Readonly<Record<Weight, Typeface>> = {
  regular: typeface('NotoSans-Regular.ttf'),
  bold: typeface('NotoSans-Bold.ttf'),
};

const HAN = typeface('DroidSansFallbackFull.ttf');

/** The fallback for characters without a script, for example full-width brackets, that the Latin typeface lacks. */
export const SYMBOLS = HAN;

/** Other scripts have one weight only: readable names matter more. */
const OF_SCRIPT: readonly (readonly [RegExp, Typeface])[] = [
  [/\p{Script=Arabic}/u, typeface('NotoSansArabic-Regular.woff', true)],
  [/\p{Script=Hebrew}/u, typeface('NotoSansHebrew-Regular.woff', true)],
  [/\p{Script=Devanagari}/u, typeface('NotoSansDevanagari-Regular.woff', true)],
  [/\p{Script=Bengali}/u, typeface('NotoSansBengali-Regular.woff', true)],
  [/\p{Script=Gurmukhi}/u, typeface('NotoSansGurmukhi-Regular.ttf', true)],
  [/\p{Script=Tamil}/u, typeface('NotoSansTamil-Regular.woff', true)],
  [/\p{Script=Thai}/u, typeface('NotoSansThai-Regular.woff', true)],
  [/\p{Script=Georgian}/u, typeface('NotoSansGeorgian-Regular.woff')],
  [/\p{Script=Armenian}/u, typeface('NotoSansArmenian-Regular.woff')],
  [/\p{Script=Ethiopic}/u, typeface('NotoSansEthiopic-Regular.woff')],
  [/\p{Script=Hangul}/u, typeface('HangulNames-Regular.ttf')],
  [/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Bopomofo}/u, HAN],
];

/** The typeface for the script of the character. Null if it has no script, or one that the Latin typeface covers. */
export function faceOfScript(character: string): Typeface | null {
  return OF_SCRIPT.find(([script]) => script.test(character))?.[1] ?? null;
}

export function pathOf({ file }: Typeface): string {
  return path.join(import.meta.dirname, 'fonts', file);
}
