import PDFDocument from 'pdfkit';
import { textRuns } from './text-runs.js';
import type { Typeface } from './typefaces.js';
import { LATIN, pathOf } from './typefaces.js';

interface FontInternals {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

const pdf = new PDFDocument();
const fonts = new Map<Typeface, FontInternals['_font']['font']>();

/** As the font file itself says. */
function hasGlyph(face: Typeface, codePoint: number): boolean {
  const font = fonts.get(face) ?? (pdf.font(pathOf(face)) as unknown as FontInternals)._font.font;
  fonts.set(face, font);
  return font.hasGlyphForCodePoint(codePoint);
}

const runsOf = (text: string) => textRuns(text, 'regular', hasGlyph);

/** All code points from the first to the last. */
function between(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}

describe('the font files', () => {
  it('contain every syllable and every modern letter of Korean, and the spaces and hyphens of a name', () => {
    const syllables = between(0xac00, 0xd7a3);
    const letters = between(0x3131, 0x318e).filter((letter) => letter !== '\u3164');
    const missing = [...syllables, ...letters].filter((character) => runsOf(character)[0]?.text === '?');
    expect(syllables).toHaveLength(11_172);
    expect(missing).toEqual([]);
    expect(runsOf("김 민준-서'윤’지").map(({ face, text }) => [face.file, text])).toEqual([
      ['HangulNames-Regular.ttf', "김 민준-서'윤’지"],
    ]);
  });

  it.each([
    ['English, Haitian Creole and Spanish', 'Étienne Désir, José Núñez'],
    ['Wolof and Vietnamese', 'Ŋaay Ñjaay, Nguyễn Thị Hồng'],
    ['Russian and Uzbek', 'Юрий Ўткир Ғани'],
    ['Greek', 'Νίκος Γεωργίου'],
    ['Arabic', 'محمد عبد الله'],
    ['Urdu', 'چوہدری ٹیپو گڑیا'],
    ['Hebrew', 'יוסף לוי'],
    ['Hindi and Nepali', 'अर्जुन श्रेष्ठ'],
    ['Bengali', 'মোহাম্মদ রহমান'],
    ['Punjabi', 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ'],
    ['Tamil', 'முருகன்'],
    ['Thai', 'สมชาย'],
    ['Georgian', 'გიორგი'],
    ['Armenian', 'Արամ'],
    ['Amharic', 'ዳዊት'],
    ['Chinese, simplified and traditional', '陈伟 陳偉 張䶮'],
    ['Japanese', 'さとう サトウ 佐藤'],
  ])('contain the letters of names in %s', (_language, name) => {
    const [drawn, asked] = [runsOf(name).map(({ text }) => text), [...name]];
    expect(drawn.join('')).not.toContain('?');
    expect([...drawn.join('')]).toHaveLength(asked.length);
  });

  it('draw a character of a script without a font as a question mark', () => {
    expect(runsOf('བཀྲ').every(({ face, text }) => face === LATIN.regular && /^\?+$/.test(text))).toBe(true);
  });
});
