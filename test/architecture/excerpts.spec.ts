import { differencesFromExcerpt, linesNotIn } from '../support/documents/excerpt.js';

describe('the comparison of a documented excerpt with the real output', () => {
  it.each<[string, unknown, unknown]>([
    ['some of the fields', { a: 1 }, { a: 1, b: 2 }],
    ['a text with an omitted part', 'There is no loan …', 'There is no loan DL-2025-0099.'],
    ['an omitted value', { at: '…', by: '…' }, { at: 5, by: null }],
    ['the first items', [{ a: 1 }, '…'], [{ a: 1, b: 2 }, { a: 3 }]],
    ['an omitted rest of an empty list', ['…'], []],
  ])('accepts %s', (_, shown, actual) => {
    expect(differencesFromExcerpt(shown, actual)).toEqual([]);
  });

  it.each<[string, unknown, unknown, string]>([
    ['another value', { a: '1.00' }, { a: '1.01' }, 'the answer.a is "1.01", not "1.00"'],
    ['a missing field', { a: null }, {}, 'the answer.a is undefined, not null'],
    ['an omitted value of a missing field', { a: '…' }, {}, 'the answer.a is missing'],
    ['text for a number', { a: '1' }, { a: 1 }, 'the answer.a is 1, not "1"'],
    ['fewer items', [{ a: 1 }], [{ a: 1 }, { a: 2 }], 'the answer has 2 items, not 1'],
    ['more items', [1, 2, '…'], [1], 'the answer has 1 items, not 2'],
    ['an object for a list', [1], { 0: 1 }, 'the answer is {"0":1}, not a list'],
    [
      'a text in which a dot would have to match any character',
      'a.c',
      'abc',
      'the answer is "abc", not "a.c"',
    ],
  ])('rejects %s', (_, shown, actual, difference) => {
    expect(differencesFromExcerpt(shown, actual)).toEqual([difference]);
  });

  it('accepts lines in the right order, whatever is between them', () => {
    expect(linesNotIn('one\ntwo 2\nthree\n', 'one\nt…e')).toEqual([]);
  });

  it('rejects lines that are missing or in another order', () => {
    expect(linesNotIn('one\ntwo', 'two\none\non')).toEqual(['one', 'on']);
  });
});
