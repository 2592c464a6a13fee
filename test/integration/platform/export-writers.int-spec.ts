import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import fc from 'fast-check';
import { csvOf } from '../../../src/platform/export/csv-writer.js';
import { excelOf } from '../../../src/platform/export/excel/excel-writer.js';
import type { CellKind, CellValue, ExportTable } from '../../../src/platform/export/export-table.js';
import { jsonOf } from '../../../src/platform/export/json-writer.js';
import { readExcel } from '../../support/download.js';
import { exportTableFixture } from '../../support/export-table-fixture.js';

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

/** A table with one column. */
function tableOf(kind: CellKind, values: readonly CellValue[], isSummed = false): ExportTable {
  const rows = values.map((value) => ({ value }));
  const columns = [{ field: 'value', heading: 'Value', kind, width: 10, isSummed }];
  const filters = [{ label: 'Name', value: '=1' }];
  return exportTableFixture(rows, columns, { title: 'Things & <others>', filters });
}

async function csvCells(table: ExportTable): Promise<string[]> {
  const lines = parse(await buffer(csvOf(table)), { bom: true, record_delimiter: '\r\n' });
  return lines.slice(1).map(([cell]) => cell ?? '');
}

async function workbookOf(table: ExportTable, maxSheetRows?: number): Promise<ExcelJS.Workbook> {
  return readExcel(await buffer(excelOf(table, maxSheetRows)));
}

async function excelCells(table: ExportTable): Promise<ExcelJS.CellValue[]> {
  const [sheet] = (await workbookOf(table)).worksheets;
  const rows = await table.count();
  return Array.from({ length: rows }, (_, index) => sheet?.getCell(`A${index + 2}`).value ?? null);
}

describe('a text that could be a formula', () => {
  it('is prefixed with an apostrophe in CSV while other texts are unchanged', async () => {
    expect(await csvCells(tableOf('text', EVIL))).toEqual(EVIL.map((text) => `'${text}`));
    expect(await csvCells(tableOf('text', HARMLESS))).toEqual(HARMLESS);
  });

  it('is prefixed in Excel too, so that no cell of the file is a formula', async () => {
    expect(await excelCells(tableOf('text', EVIL))).toEqual(EVIL.map((text) => `'${text}`));
    const harmless = HARMLESS.filter((text) => text !== '');
    expect(await excelCells(tableOf('text', harmless))).toEqual(harmless);
  });

  it('is unchanged if it is a number', async () => {
    expect(await csvCells(tableOf('money', ['-12.50', '0.00', '1234567890.12']))).toEqual([
      '-12.50',
      '0.00',
      '1234567890.12',
    ]);
    expect(await excelCells(tableOf('money', ['-12.50']))).toEqual([-12.5]);
  });
});

describe('an Excel cell', () => {
  it('loses only the characters that XML cannot represent', async () => {
    expect(
      await excelCells(tableOf('text', ['a\u0000b\u001b[2J', 'half \ud83d!', 'tab\there', '\uffff.'])),
    ).toEqual(['ab[2J', 'half !', 'tab\there', '.']);
  });

  it('preserves a text that looks like an escaped character', async () => {
    const texts = ['_x000D_', '_x000D_x000A_', '_x005F_x000D_', '_x00e9_', '_x_x0041__', '_x00\u00000D_'];
    expect(await excelCells(tableOf('text', texts))).toEqual([...texts.slice(0, -1), '_x000D_']);
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
        expect(await excelCells(tableOf('text', values))).toEqual(values);
      }),
      { numRuns: 20 },
    );
  });

  it('is a number up to 15 digits and a text above', async () => {
    const cells = await excelCells(tableOf('money', ['9999999999999.99', '99999999999999.99', '0.01', null]));
    expect(cells).toEqual([9999999999999.99, '99999999999999.99', 0.01, null]);
  });

  it('stores a percentage as a fraction', async () => {
    expect(await excelCells(tableOf('percentage', ['10.00', '0.00', '100.00', '7.25', '0.05']))).toEqual([
      0.1, 0, 1, 0.0725, 0.0005,
    ]);
  });

  it('is a date without a time zone, or a text for a day that Excel does not have', async () => {
    const cells = await excelCells(tableOf('date', ['2025-10-29', '1900-03-01', '9999-12-31', '1899-12-31']));
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
    const cells = await excelCells(
      tableOf(
        'instant',
        instants.map((text) => new Date(text)),
      ),
    );
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
    const { worksheets } = await workbookOf(tableOf('money', values, true), 5);
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
    const { worksheets } = await workbookOf(tableOf('money', ['1.00', '2.00', '3.00'], true), 5);
    expect(worksheets.map(({ rowCount }) => rowCount)).toEqual([5, 5]);
  });

  it('fails when its rows fail', async () => {
    const table = tableOf('text', ['a', 'b']);
    const broken: ExportTable = {
      ...table,
      async *items() {
        yield* table.items();
        throw new Error('the database is gone');
      },
    };
    await expect(buffer(excelOf(broken))).rejects.toThrow('the database is gone');
    await expect(buffer(csvOf(broken))).rejects.toThrow('the database is gone');
    await expect(buffer(jsonOf(broken))).rejects.toThrow('the database is gone');
  });
});

describe('a total', () => {
  it('is exact beyond the precision of a number', async () => {
    const values = [...Array.from({ length: 10 }, () => '0.10'), '90071992547409.93', '-0.02', null];
    const document = JSON.parse(String(await buffer(jsonOf(tableOf('money', values, true))))) as object;
    expect(document).toMatchObject({ totals: { value: '90071992547410.91' }, count: values.length });
    const cents = JSON.parse(String(await buffer(jsonOf(tableOf('money', ['-0.05'], true))))) as object;
    expect(cents).toMatchObject({ totals: { value: '-0.05' } });
  });

  it('is a whole number in a column of counts', async () => {
    const text = String(await buffer(jsonOf(tableOf('integer', [1, 2, null], true))));
    expect(JSON.parse(text)).toMatchObject({ totals: { value: '3' } });
  });
});
