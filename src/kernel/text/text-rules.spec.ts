import {
  arePrintableLines,
  isPrintableText,
  isVisibleText,
  normalizeLines,
  normalizeText,
} from './text-rules.js';

describe('a text of visible characters', () => {
  it.each(['EARN-2025-11-02-1', 'Receipt 1041 / B', 'Zürich №7', '領収書-12', 'قسيمة-٧', 'a_b.c:d#e'])(
    'can be "%s"',
    (text) => {
      expect(isVisibleText(text)).toBe(true);
    },
  );

  it.each([
    ['a zero width space', '\u200B'],
    ['a no-break space', '\u00A0'],
    ['a narrow no-break space', '\u202F'],
    ['an ideographic space', '\u3000'],
    ['a line separator', '\u2028'],
    ['a soft hyphen', '\u00AD'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\uFEFF'],
    ['a right-to-left override', '\u202E'],
    ['a combining grapheme joiner', '\u034F'],
    ['a variation selector', '\uFE0F'],
    ['a Hangul filler', '\u3164'],
    ['a blank braille pattern', '\u2800'],
    ['a tag', '\u{E0041}'],
    ['a tab', '\t'],
    ['a zero character', '\0'],
    ['half of a surrogate pair', '\uD83D'],
    ['a private character', '\uE000'],
  ])('cannot contain %s', (_, character) => {
    expect(isVisibleText(`EARN${character}-1`)).toBe(false);
  });
});

describe('a single-line text', () => {
  it.each(['José', 'O’Neill', 'ممدوح می‌خواهم', 'ක්‍ෂ', '👩🏽‍🔧 took it', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'a - b', ''])(
    'can be "%s"',
    (text) => {
      expect(isPrintableText(text)).toBe(true);
    },
  );

  it.each([
    ['only a zero width space', '\u200B'],
    ['only spaces', ' \u00A0 '],
    ['only joiners', '\u200C\u200D'],
    ['a zero width space inside', 'Jo\u200Bse'],
    ['a right-to-left override', 'abc\u202Edef'],
    ['a soft hyphen', 'Jo\u00ADse'],
    ['a byte order mark', '\uFEFFJose'],
    ['half of a surrogate pair', 'A\uD83D'],
    ['a replacement character', 'Jos\uFFFD'],
    ['a noncharacter', 'A\uFFFF'],
    ['a line separator', 'A\u2028B'],
    ['a line end', 'A\nB'],
    ['a zero character', 'A\0'],
  ])('cannot be or contain %s', (_, text) => {
    expect(isPrintableText(text)).toBe(false);
  });

  it.each([
    [' Amara\u00A0 Diallo\u202F', 'Amara Diallo'],
    ['Marie   Eve', 'Marie Eve'],
    ['Jose\u0301', 'José'],
  ])('is normalized from %j to %j', (text, normalized) => {
    expect(normalizeText(text)).toBe(normalized);
  });
});

describe('a multi-line text', () => {
  it('can contain line breaks, tabs and indents', () => {
    expect(arePrintableLines('Owes:\r\n\t12\n  and more')).toBe(true);
    expect(normalizeLines(' Owes:\n  12\u00A0USD \n')).toBe('Owes:\n  12 USD');
  });

  it('cannot contain other control characters or invisible characters', () => {
    for (const text of ['a\u0001', 'a\n\u200B', '\n\t', '\u200B'])
      expect(arePrintableLines(text)).toBe(false);
  });
});
