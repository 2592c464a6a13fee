import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/platform/database/data-source-options.js';
import { encodeRecord } from '../../../src/platform/integrity/record-encoding.js';
import type { Field, FieldType } from '../../../src/platform/integrity/record-encoding.js';
import { createTestDatabase } from '../../support/test-database.js';
import type { TestDatabase } from '../../support/test-database.js';

let database: TestDatabase;
let db: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  db = await new DataSource(dataSourceOptions({ url: database.url, poolSize: 1 })).initialize();
  await db.query(`SET timezone = 'UTC'`);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

/** The encoding in the database of the same value and type, as `row_hash_of` reads it. */
const SQL_OF: Readonly<Record<FieldType, string>> = {
  bytea: `convert_to($1::text, 'UTF8')`,
  date: '$1::text::date',
  int4: '$1::text::integer',
  int8: '$1::text::bigint',
  numeric: '$1::text::numeric',
  text: '$1::text',
  timestamptz: '$1::text::timestamptz',
  utf8: `convert_to($1::text, 'UTF8')`,
};

async function expectSameBytes(type: FieldType, value: string | null): Promise<void> {
  const sql = SQL_OF[type];
  const [row] = await db.query<[{ bytes: Buffer; text: string | null }]>(
    `SELECT record_send(ROW(${sql})) AS bytes, ${type === 'utf8' || type === 'bytea' ? '$1::text' : `(${sql})::text`} AS text`,
    [value],
  );
  const field: Field = {
    type,
    value: type === 'bytea' && row.text !== null ? Buffer.from(row.text) : row.text,
  };
  expect({ value, bytes: encodeRecord([field]).toString('hex') }).toEqual({
    value,
    bytes: row.bytes.toString('hex'),
  });
}

const TEXTS = ['', 'a', 'Marie-Ève 🚕', '"{}"'];
const NUMBERS = [
  ...['0', '0.00', '0.01', '-0.01', '38.25', '138.25', '1500.00', '10000', '9999.9999', '10000.00'],
  ...['100000000.00', '9999999999.99', '0.00010000', '0.00000001', '-12345678.9', '1200000000'],
];

describe('the record encoding in TypeScript', () => {
  it.each([
    ...TEXTS.flatMap((text): [FieldType, string][] => [
      ['text', text],
      ['utf8', text],
      ['bytea', text],
    ]),
    ...NUMBERS.map((number): [FieldType, string] => ['numeric', number]),
    ...['0', '1', '-1', '2147483647', '-2147483648'].map((number): [FieldType, string] => ['int4', number]),
    ...['9223372036854775807', '-9223372036854775808'].map((number): [FieldType, string] => ['int8', number]),
    ...['2000-01-01', '1999-12-31', '2025-11-02', '1900-03-01', '0600-01-01', '9999-12-31'].map(
      (day): [FieldType, string] => ['date', day],
    ),
    ...['2000-01-01 00:00:00+00', '2025-11-03 14:00:00.000001+00', '1969-12-31 23:59:59.999999+00'].map(
      (at): [FieldType, string] => ['timestamptz', at],
    ),
  ] as [FieldType, string][])('equals the encoding in the database for the %s %s', (type, value) =>
    expectSameBytes(type, value),
  );

  it('equals the encoding in the database for NULL of every type', async () => {
    for (const type of Object.keys(SQL_OF) as FieldType[]) await expectSameBytes(type, null);
  });

  it('equals the encoding in the database for any amount and any instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.integer({ min: 0, max: 6 }),
        fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }),
        async (digits, scale, microseconds) => {
          const [row] = await db.query<[{ amount: string; at: string }]>(
            `SELECT ($1::numeric / 10 ^ $2::integer)::numeric(30, 6)::text AS amount,
                    (timestamptz 'epoch' + $3::bigint * interval '1 microsecond')::text AS at`,
            [digits.toString(), scale, microseconds.toString()],
          );
          await expectSameBytes('numeric', row.amount);
          await expectSameBytes('timestamptz', row.at);
        },
      ),
      { numRuns: 200 },
    );
  });
});
