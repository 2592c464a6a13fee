import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { DocumentedOperation, OpenApiDocument, Schema } from './openapi-document.js';
import { resolve } from './openapi-document.js';

/** Existing values by field or parameter name. The lease of a driver has the same index as the driver. */
export type KnownValues = Readonly<Record<string, readonly (string | number)[]>>;

export interface FuzzedRequest {
  /** The path and query with filled-in parameters, without the host */
  readonly url: string;
  readonly pathValues: Readonly<Record<string, unknown>>;
  readonly queryValues: Readonly<Record<string, unknown>>;
  /** The body of a JSON request before serialization */
  readonly body: unknown;
  readonly payload: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Invalid values from users, broken programs and attackers. */
const INVALID_VALUE = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    'null',
    'NaN',
    '-1',
    '0',
    '1e3',
    '0x1F',
    '10.005',
    '٣',
    '2025-02-30',
    '2025-13-01',
    '0000-01-01',
    '9999-12-31',
    '2025-11-03',
    "'; DROP TABLE drivers; --",
    '=HYPERLINK("http://x")',
    '../../etc/passwd',
    '%00',
    '\ud800',
    'x'.repeat(6_000),
    -1,
    0,
    1.005,
    2_147_483_648,
    Number.MAX_SAFE_INTEGER,
    1e300,
    true,
    [],
    {},
    [[]],
    { $gt: '' },
    { toString: 'x' },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 2 }),
);

const DAYS = fc.oneof(
  fc.constantFrom('2025-10-26', '2025-11-02', '2025-11-09', '2026-01-04', '2025-10-29'),
  fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map(dayOf),
);
const AMOUNTS = fc.oneof(
  fc.constantFrom('0.01', '1.00', '50', '254.11', '1500.00', '50000.00', '50000.01', '0.00'),
  fc.integer({ min: 1, max: 500_000 }).map((cents) => `${Math.floor(cents / 100)}.${pad(cents % 100)}`),
);

function pad(cents: number): string {
  return String(cents).padStart(2, '0');
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Requests to the operation. Most are valid or nearly valid, because only those pass the first check. */
export function requestsTo(
  document: OpenApiDocument,
  path: string,
  operation: DocumentedOperation,
  known: KnownValues,
): fc.Arbitrary<FuzzedRequest> {
  const parameters = operation.parameters ?? [];
  const valueOf = (name: string, schema: Schema): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 6, arbitrary: goodValue(document, name, schema, known) },
      { weight: 1, arbitrary: INVALID_VALUE },
    );
  const record = (place: string): fc.Arbitrary<Record<string, unknown>> => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const values = Object.fromEntries(here.map(({ name, schema }) => [name, valueOf(name, schema)]));
    const required = here.filter((parameter) => parameter.required).map(({ name }) => name);
    return mostlyWithOwnLease(fc.record(values, { requiredKeys: required }), known);
  };
  const content = operation.requestBody?.content ?? {};
  const schema = content['application/json']?.schema;
  const takesFile = 'text/csv' in content;
  // an operation that takes both has the fields of a file in the query, and those of JSON in the body
  const asFile = schema && takesFile ? fc.boolean() : fc.constant(takesFile);
  return asFile.chain((isCsv) =>
    fc
      .record({
        pathValues: record('path').filter((values) => !Object.values(values).some(isNoSegment)),
        queryValues: fc.oneof(
          { weight: 9, arbitrary: takesFile && !isCsv ? fc.constant({}) : record('query') },
          // a probe may send additional parameters to a public route
          { weight: operation.security?.length ? 1 : 0, arbitrary: unexpectedQuery() },
        ),
        body: schema && !isCsv ? bodies(document, schema, known) : fc.constant(undefined),
        file: isCsv ? csvFiles(path) : fc.constant(undefined),
        headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, headers()),
      })
      .map(({ file, ...request }) => ({
        ...request,
        url: addressOf(path, request.pathValues, request.queryValues),
        payload: file ?? JSON.stringify(request.body),
        headers: { 'content-type': isCsv ? 'text/csv' : 'application/json', ...request.headers },
      })),
  );
}

/** The examples of routes whose last words are not the name of their file */
const EXAMPLE_OF: Readonly<Record<string, string>> = {
  '/api/v1/ledger/settlement-runs': 'earnings',
  '/api/v1/ledger/obligations/import': 'charges',
};

/** The documented example, unchanged or with a removed and an inserted part. */
function csvFiles(path: string): fc.Arbitrary<string> {
  const name = EXAMPLE_OF[path] ?? path.split('/').at(-2);
  const example = readFileSync(`docs/examples/${name}.csv`, 'utf8');
  const place = fc.nat({ max: example.length });
  const corrupted = fc
    .tuple(place, place, fc.string({ unit: 'grapheme', maxLength: 20 }))
    .map(([from, to, text]) => example.slice(0, from) + text + example.slice(Math.max(from, to)));
  return fc.oneof(fc.constant(example), corrupted, fc.string({ unit: 'binary', maxLength: 200 }));
}

function unexpectedQuery(): fc.Arbitrary<Record<string, unknown>> {
  return fc.dictionary(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }), INVALID_VALUE, {
    maxKeys: 2,
  });
}

function headers(): fc.Arbitrary<Record<string, string>> {
  return fc.dictionary(fc.constantFrom('idempotency-key', 'if-match', 'x-request-id'), headerText());
}

function headerText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.uuid(),
    fc.constantFrom('*', '"1"', 'W/"1"', '', 'x', 'x'.repeat(300)),
    fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
  );
}

/** A documented body, possibly with a missing, additional or invalid field, or a completely different body. */
function bodies(document: OpenApiDocument, reference: Schema, known: KnownValues): fc.Arbitrary<unknown> {
  const good = goodValue(document, 'body', reference, known) as fc.Arbitrary<Record<string, unknown>>;
  const fields = Object.keys(resolve(document, reference).properties ?? {});
  const field = fields.length > 0 ? fc.constantFrom(...fields) : fc.constant('x');
  return fc.oneof(
    { weight: 5, arbitrary: good },
    {
      weight: 2,
      arbitrary: fc
        .tuple(good, field, INVALID_VALUE)
        .map(([body, name, junk]) => ({ ...body, [name]: junk })),
    },
    { weight: 1, arbitrary: fc.tuple(good, field).map(([body, name]) => ({ ...body, [name]: undefined })) },
    {
      weight: 1,
      arbitrary: fc.tuple(good, INVALID_VALUE).map(([body, junk]) => ({ ...body, surplus: junk })),
    },
    { weight: 1, arbitrary: INVALID_VALUE },
  );
}

/** A value that the document allows, mostly the id of an existing record. */
function goodValue(
  document: OpenApiDocument,
  name: string,
  reference: Schema,
  known: KnownValues,
): fc.Arbitrary<unknown> {
  const schema = resolve(document, reference);
  const existing = known[name];
  if (existing && existing.length > 0) {
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...existing) },
      fromSchema(document, name, schema, known),
    );
  }
  return fromSchema(document, name, schema, known);
}

function fromSchema(
  document: OpenApiDocument,
  name: string,
  schema: Schema,
  known: KnownValues,
): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const part = (schema.oneOf ?? schema.allOf)?.[0];
  if (part) return goodValue(document, name, part, known);
  if (schema.type === 'object') return fromProperties(document, schema, known);
  if (schema.type !== 'array') return scalarOf(schema);
  return fc.array(goodValue(document, name, schema.items ?? {}, known), { minLength: 1, maxLength: 3 });
}

function scalarOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type = 'string', minimum = 0, maximum = 1_000 } = schema;
  if (type === 'boolean') return fc.boolean();
  if (type === 'string') return textOf(schema);
  return fc.integer({ min: minimum, max: Math.min(maximum, 1_000) });
}

function fromProperties(
  document: OpenApiDocument,
  { properties = {}, required = [] }: Schema,
  known: KnownValues,
): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => [field, goodValue(document, field, schema, known)]),
  );
  const needed = Object.fromEntries(required.map((field) => [field, values[field] ?? INVALID_VALUE]));
  const record = fc.oneof(fc.record(needed), fc.record(values, { requiredKeys: [...required] }));
  return mostlyWithOwnLease(record, known);
}

/** A driver with a lease of the same driver, because two random ids rarely match. */
function mostlyWithOwnLease(
  record: fc.Arbitrary<Record<string, unknown>>,
  known: KnownValues,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof({ weight: 4, arbitrary: record.map((fields) => withOwnLease(fields, known)) }, record);
}

function withOwnLease(fields: Record<string, unknown>, known: KnownValues): Record<string, unknown> {
  if (!('driver_id' in fields && 'lease_id' in fields)) return fields;
  const place = known['driver_id']?.indexOf(fields['driver_id'] as number) ?? -1;
  return place < 0 ? fields : { ...fields, lease_id: known['lease_id']?.[place] };
}

function textOf({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'date') return DAYS;
  if (format === 'date-time') return DAYS.map((day) => `${day}T12:00:00Z`);
  if (format === 'decimal') return AMOUNTS;
  if (format === 'email') return fc.emailAddress();
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'));
  return fc.string({ unit: 'grapheme-composite', minLength, maxLength: Math.min(maxLength, 60) });
}

function addressOf(
  path: string,
  pathValues: Record<string, unknown>,
  queryValues: Record<string, unknown>,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(pathValues[name]));
  const pairs = Object.entries(queryValues).flatMap(([name, value]) =>
    // each item of a list is sent as its own parameter
    [value].flat().map((one) => `${encoded(name)}=${encoded(one)}`),
  );
  return pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled;
}

/** Values that change the path when they are inserted into it. */
function isNoSegment(value: unknown): boolean {
  return ['', '.', '..'].includes(encoded(value));
}

/** Half a surrogate pair cannot be encoded in a URL. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(Buffer.from(text).toString());
}
