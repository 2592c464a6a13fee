import type { CellValue } from '../../src/platform/export/export-table.js';
import { BALANCE_EXPORT } from '../../src/modules/ledger/balances/balance.export.js';
import { PAYMENT_EXPORT } from '../../src/modules/ledger/payments/history/payment.export.js';
import { POSTING_EXPORT } from '../../src/modules/ledger/postings/posting.export.js';
import { AGING_EXPORT } from '../../src/modules/loans/reports/aging.export.js';
import { INSTALLMENT_EXPORT } from '../../src/modules/loans/installments/installment.export.js';
import { LOAN_EXPORT } from '../../src/modules/loans/overview/loan.export.js';
import { download, headerOfCsv, readCsv, readExcel } from '../support/download.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import {
  app,
  finance,
  itemsOf,
  valueOf,
  csvCell,
  excelCell,
  cellsOf,
  useExportedRecords,
} from './support/exports-fixture.js';
import type { Item, Column } from './support/exports-fixture.js';

useExportedRecords();

/** Each export with its list, whose items it must contain, and the columns of its file */
const EXPORTS: [path: string, query: string, columns: readonly Column[]][] = [
  ['/loans', 'sort_by=loan_amount&sort_order=asc', LOAN_EXPORT.columns],
  ['/loans/installments', 'sort_by=total_due&sort_order=desc', INSTALLMENT_EXPORT.columns],
  ['/loans/reports/aging', 'sort_by=overdue&sort_order=asc', AGING_EXPORT.columns],
  ['/ledger/postings', 'sort_by=amount&sort_order=asc', POSTING_EXPORT.columns],
  ['/ledger/payments', 'status=POSTED&sort_by=amount&sort_order=asc', PAYMENT_EXPORT.columns],
  ['/ledger/balances', 'sort_by=outstanding_balance&sort_order=desc', BALANCE_EXPORT.columns],
  ['/ledger/balances', 'as_of=2025-11-09T09:00:00-05:00', BALANCE_EXPORT.columns],
];

const cents = (amount: CellValue): bigint => BigInt(String(amount ?? '0.00').replace('.', ''));

const sumOf = (column: Column, items: Item[]): bigint =>
  items.reduce((sum, item) => sum + cents(valueOf(column, item)), 0n);

describe.each(EXPORTS)('the export of %s?%s', (path, query, columns) => {
  let items: Item[];

  beforeAll(async () => {
    items = await itemsOf(path, query);
    expect(items.length).toBeGreaterThan(3);
  });

  it('contains the items of the list in the same order as JSON, with exact totals', async () => {
    const file = await download(app, `${path}/export/json?${query}`);
    expect([file.status, file.type]).toEqual([200, 'application/json; charset=utf-8']);
    const document = JSON.parse(file.bytes.toString()) as Record<string, unknown>;
    expect(document).toMatchObject({ made_at: '2025-11-10T11:00:00.000Z', count: items.length });
    expect(document['items']).toEqual(items);
    expect(Object.keys(document).at(-1)).toBe('count');
    const totals = Object.entries(document['totals'] as Record<string, string>);
    const summed = columns.filter(({ isSummed }) => isSummed);
    expect(summed.length).toBeGreaterThan(1);
    expect(totals.map(([field, total]) => [field, cents(total)])).toEqual(
      summed.map((column) => [column.field, sumOf(column, items)]),
    );
  });

  it('contains the same as CSV, cell by cell', async () => {
    const file = await download(app, `${path}/export/csv?${query}`);
    expect([file.status, file.type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(file.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(readCsv(file.bytes)).toEqual(
      items.map((item) => Object.fromEntries(columns.map((column) => [column.field, csvCell(column, item)]))),
    );
  });

  it('contains the same as Excel in numbers, dates and text, with totals below', async () => {
    const file = await download(app, `${path}/export/excel?${query}`);
    expect([file.status, file.fileName]).toEqual([200, expect.stringMatching(/-2025-11-10\.xlsx$/)]);
    const [sheet, about] = (await readExcel(file.bytes)).worksheets;
    const read = items.map((_, index) => cellsOf(sheet!, index + 2, columns.length));
    expect(read).toEqual(items.map((item) => columns.map((column) => excelCell(column, item))));
    const totals = cellsOf(sheet!, items.length + 2, columns.length);
    expect(totals).toEqual(
      columns.map((column, index) =>
        column.isSummed
          ? Number(sumOf(column, items)) / 100
          : index === 0
            ? (expect.stringMatching(new RegExp(`^Total of (\\d+ of )?${items.length} rows?$`)) as string)
            : null,
      ),
    );
    expect(sheet!.rowCount).toBe(items.length + 2);
    expect(sheet!.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet!.autoFilter).toMatch(new RegExp(`^A1:[A-Z]+${items.length + 1}$`));
    expect(about!.name).toBe('About');
  });
});

describe('the totals of an export', () => {
  it.each([
    ['/loans', 'outstanding_balance', 'SELECT sum(outstanding_balance) FROM driver_loans'],
    ['/loans/installments', 'interest_paid', 'SELECT sum(interest_paid) FROM loan_schedules'],
    [
      '/ledger/postings',
      'debit_amount',
      "SELECT sum(amount) FROM ledger_postings WHERE posting_type = 'DEBIT'",
    ],
    [
      '/ledger/postings',
      'credit_amount',
      "SELECT sum(amount) FROM ledger_postings WHERE posting_type = 'CREDIT'",
    ],
    [
      '/ledger/balances',
      'payment_applied',
      'SELECT sum(amount_allocated) FROM payment_allocations a JOIN ledger_postings p ON p.posting_id = a.payment_posting_id WHERE p.status = $$POSTED$$',
    ],
  ])('equal the sums in the database: of %s, %s', async (path, field, sql) => {
    const [{ sum }] = await app.db.query<[{ sum: string }]>(sql);
    const { body } = await finance.get<{ totals: Record<string, string> }>(`${path}/export/json`);
    expect(body.totals[field]).toBe(sum);
    expect(Number(sum)).toBeGreaterThan(0);
  });
});

describe('an export', () => {
  it('names its content and date in the file name, and lists its filters beside the rows', async () => {
    const file = await download(app, '/loans/export/excel?status=ACTIVE&date_from=2025-01-01');
    expect(file.fileName).toBe('loans-active-2025-11-10.xlsx');
    expect(file.type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const workbook = await readExcel(file.bytes);
    const about = workbook.getWorksheet('About')!;
    const lines = Array.from({ length: about.rowCount }, (_, index) => cellsOf(about, index + 1, 2));
    expect(lines).toEqual([
      ['Title', 'Loans'],
      ['Made at', new Date('2025-11-10T06:00:00Z')],
      ['Time zone', 'America/New_York'],
      ['Rows', 4],
      ['Status', 'Active'],
      ['Lent on or after', 'Jan 1, 2025'],
      ['Sorted by', 'Lent on, descending'],
    ]);
    expect([workbook.title, workbook.creator]).toEqual(['Loans', 'Driver Loans']);
  });

  it('is a file with a header when there are no rows', async () => {
    const noDriver = 'driver_id=2147483647';
    const csv = await download(app, `/loans/export/csv?${noDriver}`);
    expect(csv.status).toBe(200);
    expect(headerOfCsv(csv.bytes)).toEqual(LOAN_EXPORT.columns.map(({ field }) => field));
    expect(readCsv(csv.bytes)).toEqual([]);
    const { body } = await finance.get(`/loans/export/json?${noDriver}`);
    expect(body).toMatchObject({ items: [], count: 0, totals: { loan_amount: '0.00' } });
    const [sheet] = (await readExcel((await download(app, `/loans/export/excel?${noDriver}`)).bytes))
      .worksheets;
    expect(sheet!.getCell('A1').value).toBe('Loan');
    expect(sheet!.autoFilter).toMatch(/^A1:[A-Z]+1$/);
  });

  it.each([
    ['/loans/export/xml', 'format'],
    ['/loans/export/csv?page=1', 'page'],
    ['/ledger/postings/export/csv?page_size=5', 'page_size'],
    ['/loans/export/csv?sort_by=notes', 'sort_by'],
    ['/loans/installments/export/csv?status=NONE', 'status'],
    ['/ledger/statements/export/csv?period_start=2025-11-02&sort_by=x', 'sort_by'],
  ])('rejects pages, and filters that its list does not have: %s', async (path, field) => {
    expectFieldErrors(await finance.get(path), field);
  });

  it('accepts every filter of its list', async () => {
    const filters =
      'status=SCHEDULED&posted=false&medallion_id=1&vehicle_id=1&period_start=2025-11-09&period_end=2025-11-22';
    const items = await itemsOf('/loans/installments', filters);
    const { body } = await finance.get(`/loans/installments/export/json?${filters}`);
    expect(body['items']).toEqual(items);
    expect(items.length).toBeGreaterThan(0);
  });

  it('requires loans:export or ledger:view', async () => {
    expectProblem(await app.anonymous.get('/loans/export/csv'), 401, 'UNAUTHENTICATED');
    expect((await app.as('MANAGER').get('/loans/export/csv')).status).toBe(200);
    const document = (await app.app.inject('/docs-json')).json<{
      paths: Record<string, { get: { 'x-permissions': string[] } }>;
    }>();
    const permissions = Object.entries(document.paths)
      .filter(([path]) => path.includes('/export/'))
      .map(([path, { get }]) => [path.split('/')[3], ...get['x-permissions']]);
    expect(permissions).toHaveLength(9);
    for (const [module, permission] of permissions) {
      expect(permission).toBe(module === 'loans' ? 'loans:export' : 'ledger:view');
    }
  });
});
