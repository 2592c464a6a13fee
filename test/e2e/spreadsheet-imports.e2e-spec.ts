import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

/** Workbooks that LibreOffice Calc 7.4 saved as CSV: numbers, accents, quotes and dates as its cells hold them. */
const saved = (name: string): Buffer =>
  readFileSync(path.resolve(import.meta.dirname, '../support/spreadsheets', name));

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp();
});

afterEach(() => app.close());

const send = (kind: 'drivers' | 'leases', csv: Buffer) =>
  app.as('FINANCE').post<ImportReportResponse>(`/${kind}/import`, csv, { 'content-type': 'text/csv' });

const drivers = (): Promise<object[]> =>
  app.db.query('SELECT tlc_license_number AS tlc, first_name, last_name, phone FROM drivers ORDER BY id');

const DRIVERS = [
  { tlc: '5900101', first_name: 'María Elena', last_name: 'de la Cruz', phone: '+1 212 555 0142' },
  { tlc: '5900102', first_name: 'Seán', last_name: "O'Brien, Jr.", phone: null },
  { tlc: '5900103', first_name: 'Jürgen "Joe"', last_name: 'Weiß', phone: '2125550143' },
];

describe('a workbook that LibreOffice saved as CSV', () => {
  it.each([
    ['with commas, in UTF-8', saved('drivers-comma.csv')],
    ['with semicolons, in UTF-8', saved('drivers-semicolon.csv')],
    [
      'with semicolons, in UTF-8 with a byte order mark',
      Buffer.concat([BYTE_ORDER_MARK, saved('drivers-semicolon.csv')]),
    ],
    ['with tabs, in UTF-8', saved('drivers-tab.csv')],
    ['with tabs, in UTF-16', saved('drivers-utf-16.csv')],
  ])('%s, is imported with the values of its cells', async (_, csv) => {
    expect(await send('drivers', csv)).toMatchObject({ status: 200, body: { created: 3, rejected: 0 } });
    expect(await drivers()).toEqual(DRIVERS);
  });

  it('in Windows-1252 is rejected with advice on how to save it, and nothing is imported', async () => {
    const { detail } = expectProblem(
      await send('drivers', saved('drivers-windows-1252.csv')),
      400,
      'IMPORT_FILE_INVALID',
    );
    expect(detail).toBe(
      'The file is not UTF-8 text: line 2 contains invalid bytes. Save it as "CSV UTF-8" and send that.',
    );
    expect(await drivers()).toEqual([]);
  });

  it('keeps the days of date cells', async () => {
    await send('drivers', saved('drivers-comma.csv'));
    expect(await send('leases', saved('leases-comma.csv'))).toMatchObject({
      body: { created: 2, rejected: 0 },
    });
    expect(
      await app.db.query('SELECT lease_number, start_date::text, end_date::text FROM leases ORDER BY id'),
    ).toEqual([
      { lease_number: 'LS-LO-1', start_date: '2025-10-05', end_date: null },
      { lease_number: 'LS-LO-2', start_date: '2025-10-12', end_date: '2026-10-11' },
    ]);
  });
});
