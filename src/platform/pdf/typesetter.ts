import type { TextRun } from './text-runs.js';
import { textRuns } from './text-runs.js';
import type { Typeface, Weight } from './typefaces.js';
import { pathOf } from './typefaces.js';

/** Where a glyph stands, in thousandths of the size. */
interface GlyphPosition {
  readonly advanceWidth: number;
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** The parts of pdfkit's embedded font that its types leave out. */
interface EmbeddedFont {
  readonly id: string;
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  /** Glyphs as the document numbers them, in hexadecimal, from left to right */
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
  /** Of single characters: at most as many as the font has glyphs */
  readonly glyphs: Map<string, Glyph>;
  /** Of texts that were laid out, the most recent ones: each is first measured and then drawn */
  readonly layouts: Map<string, readonly Glyph[]>;
}

export interface Lettering {
  /** In points */
  readonly size: number;
  readonly weight: Weight;
}

const MAX_LAYOUTS = 500;
const ALL_FEATURES: readonly string[] = [];
/** An accented letter in one glyph, as it is in one character, and not in the glyphs of letter and accent. */
const COMPOSED = { ccmp: false };
/**
 * Some marks find no anchor in a font's tables, and the layout engine throws. Without these features the marks stand
 * where their glyphs have them, which is readable.
 */
const WITHOUT_ANCHORS = { mark: false, mkmk: false, abvm: false, blwm: false };

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Sets lines of text in any script. A face is read when the first text needs it. Plain scripts are set glyph by glyph,
 * without the layout engine: it takes a tenth of a millisecond a word, and pdfkit's cache of its results grows with
 * every new id; a report of a million cells can afford neither.
 */
export class Typesetter {
  private readonly faces = new Map<Typeface, Face>();

  constructor(private readonly pdf: PDFKit.PDFDocument) {}

  /** The width of the line in points. */
  widthOf(line: string, { size, weight }: Lettering): number {
    return this.runs(line, weight).reduce((sum, run) => sum + widthOf(this.glyphsOf(run), size), 0);
  }

  /** Draws the line with its left end at x on the baseline at y, drawn together to `stretch` (1 is as it is). */
  draw(line: string, x: number, y: number, { size, weight }: Lettering, stretch = 1): void {
    let left = x;
    for (const run of this.runs(line, weight)) {
      const glyphs = this.glyphsOf(run);
      this.drawRun(
        run,
        run.isShaped ? placed(glyphs, left, y, size, stretch) : inLine(glyphs, left, y),
        size,
        stretch,
      );
      left += widthOf(glyphs, size) * stretch;
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

  private drawRun({ face, text, isShaped }: TextRun, shown: string, size: number, stretch: number): void {
    const { font } = this.faceOf(face);
    const { page } = this.pdf as unknown as DocumentInternals;
    page.fonts[font.id] ??= font.ref();
    // glyphs that are joined or moved read as the text they came from; readers turn what runs from right to left themselves
    const isReplaced = isShaped && !RIGHT_TO_LEFT.test(text);
    if (isReplaced) this.pdf.markContent('Span', { actual: text });
    const drawn = stretch === 1 ? shown : `${coordinate(stretch * 100)} Tz ${shown} 100 Tz`;
    this.pdf.addContent(`BT /${font.id} ${size} Tf ${drawn} ET`);
    if (isReplaced) this.pdf.endMarkedContent();
  }
}

/** pdfkit's pages count from the top, so that letters would stand on their heads: the matrix turns them. */
function inLine(glyphs: readonly Glyph[], x: number, y: number): string {
  const codes = glyphs.map(({ code }) => code).join('');
  return `1 0 0 -1 ${coordinate(x)} ${coordinate(y)} Tm <${codes}> Tj`;
}

/** Every glyph at its own place: marks stand above, below and before their letters. */
function placed(glyphs: readonly Glyph[], x: number, y: number, size: number, stretch: number): string {
  const scale = size / 1000;
  let left = x;
  return glyphs
    .map((glyph) => {
      const { xOffset, yOffset, xAdvance } = glyph.position;
      const shown = inLine([glyph], left + xOffset * scale * stretch, y - yOffset * scale);
      left += xAdvance * scale * stretch;
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
