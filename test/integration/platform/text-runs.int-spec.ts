import PDFDocument from 'pdfkit';
import { textRuns } from '../../../src/platform/pdf/text-runs.js';
import type { Typeface } from '../../../src/platform/pdf/typefaces.js';
import { pathOf } from '../../../src/platform/pdf/typefaces.js';
import { NAMES } from '../../support/report-fixture.js';

interface Font {
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features: object): { readonly glyphs: readonly { readonly id: number }[] };
}

const fonts = new Map<Typeface, Font>();
const fontOf = (face: Typeface): Font => {
  const pdf = new PDFDocument({ font: pathOf(face) });
  const font = fonts.get(face) ?? (pdf as unknown as { _font: { font: Font } })._font.font;
  fonts.set(face, font);
  return font;
};
const runsOf = (line: string) =>
  textRuns(line, 'regular', (face, codePoint) => fontOf(face).hasGlyphForCodePoint(codePoint));

describe('a line of PDF text', () => {
  it.each(Object.entries(NAMES))('has a glyph for every character of %s', (_, name) => {
    const runs = runsOf(name);
    expect(runs.map(({ text }) => text).join('')).toBe(name.normalize('NFC'));
    for (const { face, text } of runs) {
      const glyphs = fontOf(face).layout(text, { mark: false, mkmk: false, abvm: false, blwm: false }).glyphs;
      expect(glyphs.filter(({ id }) => id === 0)).toEqual([]);
    }
  });

  it('shows question marks for a script without a font', () => {
    expect(runsOf('བོད').map(({ text }) => text)).toEqual(['???']);
  });

  it('draws a right-to-left name from the right in a left-to-right line', () => {
    const texts = runsOf('Lent to דוד כהן (TLC 12)').map(({ text }) => text);
    expect(texts).toEqual(['Lent to ', 'דוד כהן', ' ', '(TLC 12)']);
  });

  it('draws the parts of a right-to-left line in visual order', () => {
    const [first, last] = [runsOf('דוד 12 כהן').at(0), runsOf('דוד 12 כהן').at(-1)];
    expect(first?.text).toContain('כהן');
    expect(last?.text).toContain('דוד');
  });

  it('contains no line breaks and no control characters', () => {
    expect(runsOf('a\nb\tc').map(({ text }) => text)).toEqual(['a b c']);
  });
});
