import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import fc from 'fast-check';
import type { Statement } from '../../../src/platform/database/row-streams.js';
import { RowStreams } from '../../../src/platform/database/row-streams.js';
import { csvOf, csvRows } from '../../../src/platform/export/csv-writer.js';
import { escapedFormula, escapeFormula } from '../../../src/platform/export/escape-formula.js';
import { excelRows } from '../../../src/platform/export/excel/excel-rows.js';
import { excelOf } from '../../../src/platform/export/excel/excel-writer.js';
import type { ExportRequest } from '../../../src/platform/export/export-request.js';
import type { ExportSource } from '../../../src/platform/export/export-sql.js';
import { itemsOf, totalsOf } from '../../../src/platform/export/export-sql.js';
import type { CellKind, ExportTable, ExportTotals } from '../../../src/platform/export/export-table.js';
import { jsonOf } from '../../../src/platform/export/json-writer.js';
import { headOf } from '../../../src/platform/export/requested-head.js';
import { readExcel } from '../../support/download.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const NEW_YORK = 'America/New_York';
const SQL_TYPES: Readonly<Record<CellKind, string>> = {
  text: 'text',
  boolean: 'boolean',
  integer: 'bigint',
  money: 'numeric',
  percentage: 'numeric',
  date: 'date',
  instant: 'timestamptz',
};

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

const EVIL = [
  '=HYPERLINK("http://x","y")',
  '+1',
  '-2',
  '@x',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1+1',
  '=cmd|"/C calc"!A0',
];
const HARMLESS = ['a=b', "'=1", '', ' ', 'Žižek, 阿明 "Jr"', 'two\r\nlines', 'a\nb', '😀', '<&>', ';', '1'];

/** An export of a list with one column. */
function requestOf(
  kind: CellKind,
  values: readonly (string | null)[],
  isSummed = false,
): ExportRequest<{ name: string }> {
  return {
    definition: {
      title: 'Things & <others>',
      name: 'things',
      filters: { name: 'Name' },
      columns: [{ field: 'value', heading: 'Value', kind, width: 10, isSummed }],
    },
    query: { name: '=1' },
    sql: {
      select: `SELECT value::${SQL_TYPES[kind]} AS value`,
      from: 'FROM unnest($1::text[]) WITH ORDINALITY AS given (value, place)',
      orderBy: 'place',
      parameters: [values],
    },
  };
}

/** Writes the file of the request, as Exports does. */
async function fileOf<Row extends object>(
  request: ExportRequest<{ name: string }>,
  rows: (source: ExportSource) => Statement,
  write: (table: ExportTable<Row>) => NodeJS.ReadableStream,
): Promise<Buffer> {
  const source = { ...request.definition, sql: request.sql };
  const stream = await app.get(RowStreams).start<Row>(rows(source), AbortSignal.any([]));
  try {
    return await buffer(
      write({
        ...headOf(request, new Date('2025-10-29T13:00:00Z'), NEW_YORK),
        rows: () => stream.rows(),
        totals: () => stream.one<ExportTotals>(totalsOf(source)),
      }),
    );
  } finally {
    await stream.close();
  }
}

async function csvCells(...request: Parameters<typeof requestOf>): Promise<string[]> {
  const file = await fileOf(requestOf(...request), csvRows, csvOf);
  return parse(file, { bom: true, record_delimiter: '\r\n' })
    .slice(1)
    .map(([cell]) => cell ?? '');
}

async function workbookOf(
  request: ReturnType<typeof requestOf>,
  dataRows?: number,
): Promise<ExcelJS.Workbook> {
  const rows = (source: ExportSource) => excelRows(source, NEW_YORK, dataRows);
  return readExcel(
    await fileOf(request, rows, (table: Parameters<typeof excelOf>[0]) => excelOf(table, dataRows)),
  );
}

async function excelCells(kind: CellKind, values: readonly (string | null)[]): Promise<ExcelJS.CellValue[]> {
  const [sheet] = (await workbookOf(requestOf(kind, values))).worksheets;
  return values.map((_, index) => sheet?.getCell(`A${index + 2}`).value ?? null);
}

async function jsonTotals(...request: Parameters<typeof requestOf>): Promise<object> {
  return JSON.parse(String(await fileOf(requestOf(...request), itemsOf, jsonOf))) as object;
}

describe('a text that could be a formula', () => {
  it('is prefixed with an apostrophe in CSV while other texts are unchanged', async () => {
    expect(await csvCells('text', EVIL)).toEqual(EVIL.map((text) => `'${text}`));
    expect(await csvCells('text', HARMLESS)).toEqual(HARMLESS);
  });

  it('is prefixed in Excel too, so that no cell of the file is a formula', async () => {
    expect(await excelCells('text', EVIL)).toEqual(EVIL.map((text) => `'${text}`));
    const harmless = HARMLESS.filter((text) => text !== '');
    expect(await excelCells('text', harmless)).toEqual(harmless);
  });

  it('is the same for the service and for the database, whatever precedes the sign', async () => {
    const starts = Array.from({ length: 0xffff }, (_, code) => String.fromCodePoint(code + 1)).filter(
      (start) => /\P{Cs}/u.test(start),
    );
    const texts = [...EVIL, ...HARMLESS, ...starts.map((start) => `${start}=1`), ...starts];
    const escaped = await app.db.query<{ escaped: string }[]>(
      `SELECT ${escapedFormula('text')} AS escaped FROM unnest($1::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place`,
      [texts],
    );
    expect(escaped.map((row) => row.escaped)).toEqual(texts.map(escapeFormula));
  });

  it('is unchanged if it is a number', async () => {
    expect(await csvCells('money', ['-12.50', '0.00', '1234567890.12'])).toEqual([
      '-12.50',
      '0.00',
      '1234567890.12',
    ]);
    expect(await excelCells('money', ['-12.50'])).toEqual([-12.5]);
  });
});

describe('an Excel cell', () => {
  it('loses only the characters that XML cannot represent', async () => {
    expect(await excelCells('text', ['a\u0001b\u001b[2J', 'tab\there', ' \u0085\uffff.'])).toEqual([
      'ab[2J',
      'tab\there',
      ' .',
    ]);
  });

  it('preserves a text that looks like an escaped character', async () => {
    const texts = ['_x000D_', '_x000D_x000A_', '_x005F_x000D_', '_x00e9_', '_x_x0041__', '_x00\u00010D_'];
    expect(await excelCells('text', texts)).toEqual([...texts.slice(0, -1), '_x000D_']);
    const parts = fc.constantFrom(
      '_',
      'x',
      '_x',
      '005F',
      '000D',
      '00e9',
      '_x000D_',
      '_x005F_',
      '\r',
      '\n',
      '&',
    );
    const text = fc.array(parts, { minLength: 1, maxLength: 12 }).map((all) => `a${all.join('')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 50 }), async (values) => {
        expect(await excelCells('text', values)).toEqual(values);
      }),
      { numRuns: 20 },
    );
  });

  it('is a number up to 15 digits and a text above', async () => {
    const cells = await excelCells('money', ['9999999999999.99', '99999999999999.99', '0.01', null]);
    expect(cells).toEqual([9999999999999.99, '99999999999999.99', 0.01, null]);
  });

  it('stores a percentage as a fraction', async () => {
    expect(await excelCells('percentage', ['10.00', '0.00', '100.00', '7.25', '0.05'])).toEqual([
      0.1, 0, 1, 0.0725, 0.0005,
    ]);
  });

  it('is a date without a time zone, or a text for a day that Excel does not have', async () => {
    const cells = await excelCells('date', ['2025-10-29', '1900-03-01', '9999-12-31', '1899-12-31']);
    expect(cells).toEqual([
      new Date('2025-10-29T00:00:00Z'),
      new Date('1900-03-01T00:00:00Z'),
      new Date('9999-12-31T00:00:00Z'),
      '1899-12-31',
    ]);
  });

  it('shows an instant in the time zone of the fleet, also in the night of a time change', async () => {
    const instants = [
      '2025-07-01T12:00:00Z',
      '2025-11-02T05:59:59Z',
      '2025-11-02T06:00:00Z',
      '2026-03-08T07:00:00Z',
    ];
    const cells = await excelCells('instant', instants);
    const seconds = cells.map((cell) =>
      new Date(Math.round((cell as Date).getTime() / 1000) * 1000).toISOString(),
    );
    expect(seconds).toEqual([
      '2025-07-01T08:00:00.000Z',
      '2025-11-02T01:59:59.000Z',
      '2025-11-02T01:00:00.000Z',
      '2026-03-08T03:00:00.000Z',
    ]);
  });
});

describe('an Excel workbook', () => {
  it('continues on another sheet when one is full and has the totals on the last', async () => {
    const values = Array.from({ length: 7 }, (_, index) => `${index}.10`);
    const { worksheets } = await workbookOf(requestOf('money', values, true), 3);
    expect(worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['Things & <others>', 4],
      ['Things & <others> 2', 4],
      ['Things & <others> 3', 3],
      ['About', 5],
    ]);
    const cells = worksheets.slice(0, 3).flatMap((sheet) => sheet.getColumn(1).values.slice(2));
    expect(cells).toEqual([0.1, 1.1, 2.1, 3.1, 4.1, 5.1, 6.1, 21.7]);
    expect(worksheets.map((sheet) => sheet.autoFilter)).toEqual(['A1:A4', 'A1:A4', 'A1:A2', undefined]);
  });

  it('adds no empty sheet when the last one is exactly full', async () => {
    const { worksheets } = await workbookOf(requestOf('money', ['1.00', '2.00', '3.00'], true), 3);
    expect(worksheets.map(({ rowCount }) => rowCount)).toEqual([5, 5]);
  });

  it('fails when its rows fail', async () => {
    const failing = {
      rows: () =>
        Readable.from([[]], { objectMode: true }).map(() =>
          Promise.reject(new Error('the database is gone')),
        ),
      totals: () => Promise.reject(new Error('not reached')),
      ...headOf(requestOf('text', []), new Date(), NEW_YORK),
    };
    for (const write of [excelOf, csvOf, jsonOf]) {
      await expect(buffer(write(failing))).rejects.toThrow('the database is gone');
    }
  });
});

describe('a total', () => {
  it('is exact beyond the precision of a number', async () => {
    const values = [...Array.from({ length: 10 }, () => '0.10'), '90071992547409.93', '-0.02', null];
    expect(await jsonTotals('money', values, true)).toMatchObject({
      totals: { value: '90071992547410.91' },
      count: values.length,
    });
    expect(await jsonTotals('money', ['-0.05'], true)).toMatchObject({ totals: { value: '-0.05' } });
    expect(await jsonTotals('money', [], true)).toMatchObject({ totals: { value: '0.00' } });
  });

  it('is a whole number in a column of counts', async () => {
    expect(await jsonTotals('integer', ['1', '2', null], true)).toMatchObject({ totals: { value: '3' } });
  });
});
