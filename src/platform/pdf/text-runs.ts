import bidiJs from 'bidi-js';
import type { Bidi } from 'bidi-js';
import type { Typeface, Weight } from './typefaces.js';
import { faceOfScript, LATIN, SYMBOLS } from './typefaces.js';

/** A part of a line with one typeface and one direction. Runs are in drawing order, from left to right. */
export interface TextRun {
  readonly face: Typeface;
  /** In reading order */
  readonly text: string;
  readonly isShaped: boolean;
}

/** Whether the typeface has a glyph for the character. */
export type HasGlyph = (face: Typeface, codePoint: number) => boolean;

/** Replaces a character without a glyph, so that the reader sees that something is missing. */
const MISSING = '?';

const PLAIN = /^[\x20-\x7e…·–’]*$/;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const MARK = /\p{M}/u;
/** Joiners, marks, spaces and hyphens use the typeface of the previous letter. */
const ATTACHED = /[\p{M}\p{Cf}\s'’-]/u;
/** Control characters and line breaks become spaces. Direction marks are only for screens. */
const BLANKS = /[\p{Cc}\u2028\u2029]+/gu;
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

// bidi-js is a CommonJS module whose only export is the factory, unlike its types
const bidi = (bidiJs as unknown as () => Bidi)();

/** Splits the line into runs with one typeface each. ASCII text is a single run. */
export function textRuns(line: string, weight: Weight, hasGlyph: HasGlyph): TextRun[] {
  if (PLAIN.test(line)) return [{ face: LATIN[weight], text: line, isShaped: false }];
  const drawn = drawable(line, weight, hasGlyph);
  const text = drawn.map(({ character }) => character).join('');
  const levels = RIGHT_TO_LEFT.test(text) ? bidi.getEmbeddingLevels(text, 'ltr').levels : null;
  return inVisualOrder(pieces(drawn, levels)).map(({ face, text: own, level }) => {
    const isReversed = level % 2 === 1;
    const mirrored = isReversed ? mirror(own) : own;
    return {
      face,
      // a shaped typeface reverses its letters itself; unshaped characters in such a run, for example brackets, are
      // reversed here
      text: isReversed && !face.isShaped ? [...mirrored].reverse().join('') : mirrored,
      isShaped: face.isShaped || MARK.test(own),
    };
  });
}

interface DrawnCharacter {
  readonly character: string;
  readonly face: Typeface;
}

function drawable(line: string, weight: Weight, hasGlyph: HasGlyph): DrawnCharacter[] {
  const readable = line.normalize('NFC').replace(BLANKS, ' ').replace(DIRECTION_MARKS, '');
  const drawn: DrawnCharacter[] = [];
  for (const character of readable) {
    const codePoint = character.codePointAt(0) ?? 0;
    const before = ATTACHED.test(character) ? drawn.at(-1)?.face : undefined;
    const candidates = [before, faceOfScript(character), LATIN[weight], LATIN.regular, SYMBOLS];
    const face = candidates.find((candidate) => candidate && hasGlyph(candidate, codePoint));
    drawn.push(face ? { character, face } : { character: MISSING, face: LATIN[weight] });
  }
  return drawn;
}

interface Piece {
  readonly face: Typeface;
  readonly text: string;
  readonly level: number;
}

/**
 * @param levels bidi level of each UTF-16 code unit: even is left to right, odd is right to left. Null if all are
 * even.
 */
function pieces(drawn: readonly DrawnCharacter[], levels: Uint8Array | null): Piece[] {
  const found: Piece[] = [];
  let index = 0;
  for (const { character, face } of drawn) {
    const level = levels?.[index] ?? 0;
    index += character.length;
    const last = found.at(-1);
    if (last?.face === face && last.level === level) {
      found[found.length - 1] = { ...last, text: last.text + character };
    } else {
      found.push({ face, text: character, level });
    }
  }
  return found;
}

/**
 * Rule L2 of the Unicode Bidirectional Algorithm on whole pieces: from the highest level down, reverses each
 * sequence of pieces with at least that level.
 */
function inVisualOrder(logical: readonly Piece[]): Piece[] {
  const visual = [...logical];
  for (let level = Math.max(0, ...visual.map((piece) => piece.level)); level > 0; level -= 1) {
    let start = 0;
    while (start < visual.length) {
      let end = start;
      while ((visual[end]?.level ?? -1) >= level) end += 1;
      visual.splice(start, end - start, ...visual.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return visual;
}

function mirror(text: string): string {
  return [...text].map((character) => bidi.getMirroredCharacter(character) ?? character).join('');
}
