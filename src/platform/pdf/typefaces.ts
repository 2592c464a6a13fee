import path from 'node:path';

/** A font of one script, by the name of its file. */
export interface Typeface {
  readonly file: string;
  /** Whether its characters join, stack or run from right to left, so that a run of them must be laid out as a whole */
  readonly isShaped: boolean;
}

export type Weight = 'regular' | 'bold';

const typeface = (file: string, isShaped = false): Typeface => ({ file, isShaped });

/** Latin, Cyrillic, Greek, digits and punctuation; digits of one width, so that amounts stand in columns. */
export const LATIN: Readonly<Record<Weight, Typeface>> = {
  regular: typeface('NotoSans-Regular.ttf'),
  bold: typeface('NotoSans-Bold.ttf'),
};

const HAN = typeface('DroidSansFallbackFull.ttf');

/** Where a character of no script of its own, such as a full-width bracket, may stand if the Latin face has none. */
export const SYMBOLS = HAN;

/** Other scripts have one weight: that a name is readable comes first. */
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

/** The face of the character's script; null where it belongs to none, or to one that Latin's face draws. */
export function faceOfScript(character: string): Typeface | null {
  return OF_SCRIPT.find(([script]) => script.test(character))?.[1] ?? null;
}

export function pathOf({ file }: Typeface): string {
  return path.join(import.meta.dirname, 'fonts', file);
}
