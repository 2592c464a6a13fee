import { DomainError } from '../../../kernel/errors/domain-error.js';
import { readJsonBody } from './json-body.js';
import { JSON_LIMITS } from './json-scan.js';

const read = (text: string): unknown => readJsonBody(Buffer.from(text));

function refusalOf(bytes: Buffer | string): DomainError {
  try {
    readJsonBody(Buffer.from(bytes));
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('The body was accepted.');
}

const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
const withFields = (count: number): string =>
  `{${Array.from({ length: count }, (_, index) => `"f${index}":0`).join()}}`;
const withItems = (count: number): string => `{"a":[${Array.from({ length: count }, () => '0').join()}]}`;

describe('a JSON body', () => {
  it.each([
    ['{}'],
    [' \r\n{"a" : [ ] , "b":{"a":1}}\t'],
    ['{"a":[{"x":1},{"x":1}],"x":1}'],
    ['{"a":"{\\"a\\":1,\\"a\\":1e2}","b":"[1,\\\\","c":"\\ud83d\\ude00"}'],
    ['{"a":-1.5,"b":0,"c":2147483647,"d":12345678901,"e":true,"f":null}'],
    ['{"":1,"toString":2,"hasOwnProperty":3}'],
    [nested(JSON_LIMITS.depth)],
    [withFields(JSON_LIMITS.fields)],
    [withItems(JSON_LIMITS.items)],
    [`{"a":"${'\\"'.repeat(100_000)}"}`],
  ])('is parsed like JSON.parse does: %.60s', (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('is undefined if it is empty', () => {
    expect(read('')).toBeUndefined();
  });

  it.each([
    ['1.50', 1.5],
    ['12.00', 12],
    ['0.0', 0],
    ['20.0000000000000000000', 20],
    ['100', 100],
  ])('can have trailing zeros in a fraction: %s', (text, value) => {
    expect(read(`{"amount":${text}}`)).toEqual({ amount: value });
  });

  it.each([
    '12.339999999999999999',
    '1e2',
    '1E2',
    '20.0000000000000000001',
    '9007199254740993',
    '1e400',
    '-0',
    '-0.0',
    `1.${'0'.repeat(1_000_000)}`,
  ])('is rejected for a number that would lose precision: %.30s', (text) => {
    const error = refusalOf(`{"allocations":[{"amount":1},{"amount": ${text} }]}`);
    expect([error.code, error.fields.map(({ field }) => field)]).toEqual([
      'VALIDATION_FAILED',
      ['allocations.1.amount'],
    ]);
  });

  it.each([
    ['{"amount":"5.00","amount":"500.00"}', 'amount'],
    ['{"amount":"5.00","amount":"5.00"}', 'amount'],
    ['{"amount":1,"am\\u006funt":1}', 'amount'],
    ['{"a":{"b":[0,{"c":1,"d":{},"c":1}]}}', 'a.b.1.c'],
  ])('is rejected for a duplicate field: %s', (text, field) => {
    const error = refusalOf(text);
    expect([error.code, error.fields]).toEqual([
      'VALIDATION_FAILED',
      [{ field, message: `${field} must be given only once` }],
    ]);
  });

  it.each([
    ['{"__proto__":{"a":1}}', '__proto__'],
    ['{"__prot\\u006f__":5}', '__proto__'],
    ['{"a":[{"constructor":1}]}', 'a.0.constructor'],
  ])('is rejected for a field name that validation would miss: %s', (text, field) => {
    expect(refusalOf(text).fields).toEqual([{ field, message: `${field} is not a field of this request` }]);
  });

  it.each([['{"name":"A\\ud83d"}'], ['{"name":"\\ude00"}'], ['{"\\ud800":1}']])(
    'is rejected for half of a surrogate pair: %s',
    (text) => {
      expect(refusalOf(text).message).toBe('A text in the body contains half of a surrogate pair.');
    },
  );

  it.each([
    ['Latin-1', Buffer.from('{"name":"Jos\xe9"}', 'latin1')],
    ['UTF-16', Buffer.from('{"name":"José"}', 'utf16le')],
    ['an overlong form', Buffer.from([0x7b, 0xc0, 0xa2, 0x7d])],
    ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])('is rejected for bytes that are not UTF-8: %s', (_, bytes) => {
    expect(refusalOf(bytes).code).toBe('MALFORMED_BODY');
  });

  it.each(['[]', '[{}]', 'null', '5', '"text"', 'true'])('is rejected if it is not an object: %s', (text) => {
    expect(refusalOf(text).message).toBe('The body must be a JSON object.');
  });

  it.each([
    '{',
    '}',
    '{"a":',
    "{'a':1}",
    '{a:1}',
    '{"a":NaN}',
    '{"a":"\\x"}',
    '{"a":1,}',
    '{"a":"',
    '{"a":"\\',
  ])('is rejected if it is not JSON: %s', (text) => {
    expect(refusalOf(text).code).toBe('MALFORMED_BODY');
  });

  it.each([
    ['levels', nested(JSON_LIMITS.depth + 1), 'The body is nested more than 16 levels deep.'],
    ['unclosed levels', '['.repeat(1_000_000), 'The body is nested more than 16 levels deep.'],
    ['fields', withFields(80_000), 'An object in the body has more than 200 fields.'],
    ['items', withItems(JSON_LIMITS.items + 1), 'A list in the body has more than 10000 items.'],
    [
      'values',
      `{"a":[${Array.from({ length: 11 }, () => `[${'0,'.repeat(9_999)}0]`).join()}]}`,
      'The body has more than 100000 values.',
    ],
    ['a long name', `{"${'x'.repeat(101)}":1}`, 'The name of a field is longer than 100 characters.'],
  ])('is rejected for too many %s', (_, text, sentence) => {
    expect(refusalOf(text)).toMatchObject({ code: 'VALIDATION_FAILED', message: sentence });
  });
});
