import type { TextRun } from './text-runs.js';
import { textRuns } from './text-runs.js';
import type { Typeface, Weight } from './typefaces.js';
import { pathOf } from './typefaces.js';

/** The position of a glyph, in thousandths of the font size. */
interface GlyphPosition {
  readonly advanceWidth: number;
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** Parts of an embedded font in pdfkit that its types leave out. */
interface EmbeddedFont {
  readonly id: string;
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  /** Glyph codes of the document in hexadecimal, from left to right */
  encode(text: string, features: object): [codes: string[], positions: GlyphPosition[]];
  ref(): unknown;
}

interface DocumentInternals {
  readonly _font: EmbeddedFont;
  readonly page: { readonly fonts: Record<string, unknown> };
}

interface Glyph {
  readonly code: string;
  readonly position: GlyphPosition;
}

interface Face {
  readonly font: EmbeddedFont;
  /** Glyphs of single characters. Limited by the number of glyphs in the font. */
  readonly glyphs: Map<string, Glyph>;
  /** Recently laid out texts: each one is measured first and then drawn */
  readonly layouts: Map<string, readonly Glyph[]>;
}

export interface FontStyle {
  /** In points */
  readonly size: number;
  readonly weight: Weight;
}

const MAX_LAYOUTS = 500;
const ALL_FEATURES: readonly string[] = [];
/** Uses one glyph for an accented letter instead of separate glyphs for letter and accent. */
const COMPOSED = { ccmp: false };
/**
 * Some marks have no anchor in the tables of a font, and the layout engine throws. Without these features the marks
 * use the default positions of their glyphs, which is readable.
 */
const WITHOUT_ANCHORS = { mark: false, mkmk: false, abvm: false, blwm: false };

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Typesets lines of text in any script. A typeface is loaded on first use. Simple scripts are set glyph by glyph,
 * without the layout engine: it needs a tenth of a millisecond per word, and the cache of pdfkit grows with every
 * new id. A report of a million cells can afford neither.
 */
export class Typesetter {
  private readonly faces = new Map<Typeface, Face>();

  constructor(private readonly pdf: PDFKit.PDFDocument) {}

  /** The width of the line in points. */
  widthOf(line: string, { size, weight }: FontStyle): number {
    return this.runs(line, weight).reduce((sum, run) => sum + widthOf(this.glyphsOf(run), size), 0);
  }

  /** Draws the line with its left end at x and its baseline at y. `horizontalScale` 1 is the natural width. */
  draw(line: string, x: number, y: number, { size, weight }: FontStyle, horizontalScale = 1): void {
    let left = x;
    for (const run of this.runs(line, weight)) {
      const glyphs = this.glyphsOf(run);
      this.drawRun(
        run,
        run.isShaped ? placed(glyphs, left, y, size, horizontalScale) : inLine(glyphs, left, y),
        size,
        horizontalScale,
      );
      left += widthOf(glyphs, size) * horizontalScale;
    }
  }

  private runs(line: string, weight: Weight): TextRun[] {
    return textRuns(line, weight, (face, codePoint) =>
      this.faceOf(face).font.font.hasGlyphForCodePoint(codePoint),
    );
  }

  private faceOf(typeface: Typeface): Face {
    const known = this.faces.get(typeface);
    if (known) return known;
    this.pdf.font(pathOf(typeface));
    const { _font: font } = this.pdf as unknown as DocumentInternals;
    const face: Face = { font, glyphs: new Map(), layouts: new Map() };
    this.faces.set(typeface, face);
    return face;
  }

  private glyphsOf({ face: typeface, text, isShaped }: TextRun): readonly Glyph[] {
    const face = this.faceOf(typeface);
    return isShaped ? laidOut(face, text) : Array.from(text, (character) => glyphOf(face, character));
  }

  private drawRun(
    { face, text, isShaped }: TextRun,
    shown: string,
    size: number,
    horizontalScale: number,
  ): void {
    const { font } = this.faceOf(face);
    const { page } = this.pdf as unknown as DocumentInternals;
    page.fonts[font.id] ??= font.ref();
    // PDF readers must extract joined or moved glyphs as their original text. They reverse right-to-left text
    // themselves.
    const isReplaced = isShaped && !RIGHT_TO_LEFT.test(text);
    if (isReplaced) this.pdf.markContent('Span', { actual: text });
    const drawn = horizontalScale === 1 ? shown : `${coordinate(horizontalScale * 100)} Tz ${shown} 100 Tz`;
    this.pdf.addContent(`BT /${font.id} ${size} Tf ${drawn} ET`);
    if (isReplaced) this.pdf.endMarkedContent();
  }
}

/** The matrix flips the text because the y axis of pdfkit points down. */
function inLine(glyphs: readonly Glyph[], x: number, y: number): string {
  const codes = glyphs.map(({ code }) => code).join('');
  return `1 0 0 -1 ${coordinate(x)} ${coordinate(y)} Tm <${codes}> Tj`;
}

/** Positions every glyph separately: marks are above, below and before their letters. */
function placed(
  glyphs: readonly Glyph[],
  x: number,
  y: number,
  size: number,
  horizontalScale: number,
): string {
  const scale = size / 1000;
  let left = x;
  return glyphs
    .map((glyph) => {
      const { xOffset, yOffset, xAdvance } = glyph.position;
      const shown = inLine([glyph], left + xOffset * scale * horizontalScale, y - yOffset * scale);
      left += xAdvance * scale * horizontalScale;
      return shown;
    })
    .join(' ');
}

function widthOf(glyphs: readonly Glyph[], size: number): number {
  let thousandths = 0;
  for (const { position } of glyphs) thousandths += position.xAdvance;
  return (thousandths * size) / 1000;
}

function glyphOf(face: Face, character: string): Glyph {
  const known = face.glyphs.get(character);
  if (known) return known;
  const [[code = ''], [position]] = face.font.encode(character, COMPOSED);
  if (!position) throw new Error(`${JSON.stringify(character)} has no glyph`);
  const glyph = { code, position: { ...position, xAdvance: position.advanceWidth } };
  face.glyphs.set(character, glyph);
  return glyph;
}

function laidOut(face: Face, text: string): readonly Glyph[] {
  const known = face.layouts.get(text);
  if (known) return known;
  const [codes, positions] = encoded(face.font, text);
  const glyphs = positions.map((position, index) => ({ code: codes[index] ?? '', position }));
  if (face.layouts.size >= MAX_LAYOUTS) face.layouts.clear();
  face.layouts.set(text, glyphs);
  return glyphs;
}

function encoded(font: EmbeddedFont, text: string): ReturnType<EmbeddedFont['encode']> {
  try {
    return font.encode(text, ALL_FEATURES);
  } catch {
    return font.encode(text, WITHOUT_ANCHORS);
  }
}

function coordinate(value: number): number {
  return Math.round(value * 100) / 100;
}
