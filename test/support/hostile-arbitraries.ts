import fc from 'fast-check';
import type { FuzzedRequest } from './request-arbitraries.js';

/** A request as it is sent over the network. */
export interface WireRequest {
  readonly url: string;
  readonly payload: Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json';
const ENCODINGS = ['latin1', 'utf16le', 'utf8'] as const;
const TYPES = [
  JSON_TYPE,
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/csv',
  'text/csv; charset=utf-16',
  'text/plain',
  'image/png',
];

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const nestedObjects = (depth: number): string => `${'{"x":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Values that are too deep, too long, or of another type than any field. */
const HOSTILE_VALUES: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(8, 15, 16, 17, 200, 5_000).map(nested),
  fc.constantFrom(8, 15, 16, 17, 200, 5_000).map(nestedObjects),
  fc.constantFrom(1_000, 20_000, 600_000).map((length) => JSON.stringify('x'.repeat(length))),
  fc.constantFrom(199, 201, 10_001, 60_000).map((length) => `[${'1,'.repeat(length)}1]`),
  fc.constantFrom(199, 201, 5_000).map((count) => `{${fields(count)}}`),
  fc.constantFrom(15, 33, 400, 20_000).map((digits) => '9'.repeat(digits)),
  fc.constantFrom(
    '1e400',
    '-0',
    '0.1e-400',
    'NaN',
    '"\\ud800"',
    '"\\u0000"',
    '{"toString":1}',
    '{"__proto__":{}}',
    '[null]',
    'true',
  ),
);

function fields(count: number): string {
  return Array.from({ length: count }, (_, index) => `"f${index}":${index}`).join(',');
}

/** The request with one hostile part: its body, the encoding or type of the body, or its query. */
export function hostile({ url, payload = '{}', headers }: FuzzedRequest): fc.Arbitrary<WireRequest> {
  const wire = (more: { payload?: Buffer; url?: string; type?: string }): WireRequest => ({
    url: more.url ?? url,
    payload: more.payload ?? Buffer.from(payload),
    headers: { ...headers, ...(more.type === undefined ? {} : { 'content-type': more.type }) },
  });
  const bytes = (text: string): WireRequest => wire({ payload: Buffer.from(text) });
  return fc.oneof(
    HOSTILE_VALUES.map((value) => bytes(withField(payload, value))),
    HOSTILE_VALUES.map((value) => bytes(value)),
    fc.constant(bytes(withDuplicate(payload))),
    fc.nat({ max: payload.length }).map((at) => bytes(payload.slice(0, at))),
    fc
      .tuple(fc.nat({ max: payload.length }), fc.uint8Array({ minLength: 1, maxLength: 20 }))
      .map(([at, noise]) =>
        wire({
          payload: Buffer.concat([Buffer.from(payload.slice(0, at)), noise, Buffer.from(payload.slice(at))]),
        }),
      ),
    fc
      .tuple(fc.constantFrom(...ENCODINGS), fc.constantFrom('\ufeff', 'é', ''))
      .map(([encoding, start]) => wire({ payload: Buffer.from(start + payload, encoding) })),
    fc.constantFrom(...TYPES).map((type) => wire({ type })),
    hostileQuery().map((query) => wire({ url: `${url}${url.includes('?') ? '&' : '?'}${query}` })),
  );
}

/** The first field with another value, or a new one. */
function withField(payload: string, value: string): string {
  const replaced = payload.replace(/("\w+":)("[^"]*"|[\w.-]+)/, (_, name: string) => name + value);
  return replaced === payload ? `{"surplus":${value}}` : replaced;
}

function withDuplicate(payload: string): string {
  const field = /"\w+":("[^"]*"|[\w.-]+)/.exec(payload)?.[0] ?? '"x":1';
  return payload.startsWith('{') && payload.length > 2
    ? `{${field},${payload.slice(1)}`
    : `{${field},${field}}`;
}

function hostileQuery(): fc.Arbitrary<string> {
  const names = fc.constantFrom(
    'page',
    'page_size',
    'q',
    'status',
    'sort_by',
    'driver_id',
    'as_of',
    'surplus',
  );
  const values = fc.constantFrom(
    '1&page=2',
    '%ff',
    '%',
    '[]',
    '-1',
    '1e9',
    '99999999999999999999',
    '%00',
    'x'.repeat(8_000),
    '%5B'.repeat(2_000),
    '٣',
    '',
  );
  return fc.oneof(
    fc.tuple(names, values).map(([name, value]) => `${name}=${value}`),
    fc.constantFrom('__proto__=1', 'constructor=1', 'q[a][b]=1', '&&&', '=', 'q', `${'a[b]'.repeat(500)}=1`),
  );
}
