import type ExcelJS from 'exceljs';
import type { Page } from '../../../src/platform/database/page.js';
import type { CellKind, CellValue } from '../../../src/platform/export/export-table.js';
import type { ApiClient } from '../../support/api-client.js';
import { aDriver, aLease, aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

export type Item = Record<string, unknown>;

export interface Column {
  readonly field: string;
  readonly kind: CellKind;
  readonly isSummed?: boolean;
}

const NEW_YORK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
});

export let app: TestApp;

export let finance: ApiClient;

/** The names of the users, by their ids */
const userNames = new Map<unknown, string>();

/** All items of the list, page by page. */
export async function itemsOf(path: string, query: string): Promise<Item[]> {
  const users = await app.db.query<{ id: number; name: string }[]>('SELECT id, name FROM users');
  for (const { id, name } of users) userNames.set(id, name);
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await finance.get<Page<Item>>(`${path}?${query}&page=${page}&page_size=3`);
    expect(answer.status).toBe(200);
    items.push(...answer.body.items);
    if (page >= answer.body.total_pages) return items;
  }
}

type Named = Record<string, string>;

/** The cells that are not fields of their items */
const OTHER_CELLS: Readonly<Record<string, (item: Item) => CellValue>> = {
  tlc_license_number: (item) => (item['driver'] as Named)['tlc_license_number'] ?? null,
  driver_name: (item) => {
    const { first_name, last_name } = item['driver'] as Named;
    return `${first_name} ${last_name}`;
  },
  lease_number: (item) => (item['lease'] as Named)['lease_number'] ?? null,
  medallion_number: (item) => (item['lease'] as Named)['medallion_number'] ?? null,
  vehicle_plate: (item) => (item['lease'] as Named)['vehicle_plate'] ?? null,
  approved_by_name: (item) => userNames.get(item['approved_by']) ?? null,
  created_by_name: (item) => userNames.get(item['created_by']) ?? null,
  posted_by_name: (item) => userNames.get(item['posted_by']) ?? null,
  debit_amount: (item) => (item['posting_type'] === 'DEBIT' ? (item['amount'] as string) : null),
  credit_amount: (item) => (item['posting_type'] === 'CREDIT' ? (item['amount'] as string) : null),
};

export function valueOf({ field }: Column, item: Item): CellValue {
  if (field in item) return item[field] as CellValue;
  const other = OTHER_CELLS[field];
  if (!other) throw new Error(`the column ${field} is neither a field of the item nor a cell of its own`);
  return other(item);
}

const escapeFormula = (text: string): string => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text);

export function csvCell(column: Column, item: Item): string {
  const value = valueOf(column, item);
  if (value === null) return '';
  return column.kind === 'text' ? escapeFormula(String(value)) : String(value);
}

/** The cell as exceljs reads it: local times are read as UTC. */
export function excelCell(column: Column, item: Item): unknown {
  const value = valueOf(column, item);
  if (value === null || typeof value === 'boolean') return value;
  const text = String(value);
  switch (column.kind) {
    case 'text':
    case 'boolean':
      return escapeFormula(text);
    case 'date':
      return new Date(`${text}T00:00:00Z`);
    case 'instant':
      return new Date(`${NEW_YORK.format(new Date(text)).replace(' ', 'T')}Z`);
    case 'percentage':
      return Number(text) / 100;
    case 'integer':
    case 'money':
      return Number(text);
  }
}

export const cellsOf = (sheet: ExcelJS.Worksheet, row: number, width: number): unknown[] =>
  Array.from({ length: width }, (_, index) => {
    const { value } = sheet.getRow(row).getCell(index + 1);
    return value instanceof Date ? new Date(Math.round(value.getTime() / 1000) * 1000) : value;
  });

/** Starts the application for the tests of a file. */
export function useExportedRecords(): void {
  beforeAll(async () => {
    app = await startTestApp({ now: '2025-11-02T06:00:00-05:00' });
    finance = app.as('FINANCE');
    const ledger = new LedgerClient(app);
    const names = [
      { first_name: '=HYPERLINK("http://x","y")', last_name: 'O"Brien, Jr' },
      { first_name: '阿明', last_name: 'Ñandú <&> Žižek' },
      { first_name: '-2', last_name: '@x' },
    ];
    for (const name of names) {
      const driver = await aDriver(app, name);
      const lease = await aLease(app, { driver_id: driver.id });
      const account = { driver_id: driver.id, lease_id: lease.id };
      await aLoan(app, { ...account, interest_rate: '12.50', purpose: '+1', notes: 'two\nlines, "quoted"' });
      await ledger.owe(account, { category: 'EZPASS', amount: '12.34', description: '=1_x000D_x000A_' });
      await ledger.pay(account, '3.21', { note: '=2' });
    }
    await aLoan(app, { loan_amount: '1500.00', purpose: '\u00a0=1' });
    await finance.post('/loans/installments/post', {});
    app.clock.set('2025-11-10T06:00:00-05:00');
    await finance.post('/loans/installments/post', {});
    const [first] = await itemsOf('/loans', 'sort_by=loan_date&sort_order=asc');
    const account = { driver_id: Number(first?.['driver_id']), lease_id: Number(first?.['lease_id']) };
    await ledger.pay(account, '60.10');
    const { posting } = await ledger.pay(account, '1.00');
    await ledger.void(posting.posting_id, '@ wrong driver');
  });
  afterAll(() => app.close());
}
