import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import { STATEMENT_EXPORT } from '../../src/modules/ledger/statements/statement.export.js';
import { download, readCsv, readExcel } from '../support/download.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { app, finance, csvCell, excelCell, cellsOf, useExportedRecords } from './support/exports-fixture.js';
import type { Item } from './support/exports-fixture.js';

useExportedRecords();

const WEEK = '2025-11-02';

describe('the export of statements', () => {
  const period = `period_start=${WEEK}`;
  const AMOUNTS = [
    ...(['prior_balance', 'current_charge', 'payment_applied', 'adjustment', 'balance_forward'] as const),
  ];

  it.each([WEEK, '2025-11-09'])('contains the statement of each driver and lease: %s', async (week) => {
    const { body } = await finance.get<{ items: Item[] }>(
      `/ledger/statements/export/json?period_start=${week}`,
    );
    const leases = await app.db.query<{ id: number; driver_id: number }[]>(
      'SELECT id, driver_id FROM leases ORDER BY driver_id, id',
    );
    const expected: unknown[] = [];
    for (const lease of leases) {
      const one = await finance.get<StatementResponse>(
        `/ledger/statements?driver_id=${lease.driver_id}&lease_id=${lease.id}&period_start=${week}`,
      );
      const lines = one.body.categories.filter((row) => AMOUNTS.some((name) => row[name] !== '0.00'));
      const { driver_id, lease_id, period_start, period_end } = one.body;
      expected.push(...lines.map((line) => ({ driver_id, lease_id, period_start, period_end, ...line })));
    }
    expect(expected.length).toBeGreaterThan(4);
    expect(body.items).toEqual(expected.map((line) => expect.objectContaining(line)));
  });

  it('is filtered by driver, and by an earlier instant', async () => {
    const { body } = await finance.get<{ items: Item[] }>(`/ledger/statements/export/json?${period}`);
    const driver = body.items[0]?.['driver_id'];
    const one = await finance.get<{ items: Item[] }>(
      `/ledger/statements/export/json?${period}&driver_id=${String(driver)}`,
    );
    expect(one.body.items).toEqual(body.items.filter((item) => item['driver_id'] === driver));
    const before = await finance.get<{ count: number }>(
      `/ledger/statements/export/json?${period}&as_of=2025-11-01T00:00:00Z`,
    );
    expect(before.body.count).toBe(0);
  });

  it('contains the same in CSV and Excel', async () => {
    const { body } = await finance.get<{ items: Item[] }>(`/ledger/statements/export/json?${period}`);
    const csv = readCsv((await download(app, `/ledger/statements/export/csv?${period}`)).bytes);
    expect(csv).toEqual(
      body.items.map((item) =>
        Object.fromEntries(STATEMENT_EXPORT.columns.map((column) => [column.field, csvCell(column, item)])),
      ),
    );
    const file = await download(app, `/ledger/statements/export/excel?${period}`);
    expect(file.fileName).toBe('statements-2025-11-02-made-2025-11-10.xlsx');
    const [sheet] = (await readExcel(file.bytes)).worksheets;
    expect(cellsOf(sheet!, 2, STATEMENT_EXPORT.columns.length)).toEqual(
      STATEMENT_EXPORT.columns.map((column) => excelCell(column, body.items[0] ?? {})),
    );
  });

  it('is rejected for a period that is not a payment week', async () => {
    const answer = await finance.get('/ledger/statements/export/csv?period_start=2025-11-03');
    expectProblem(answer, 400, 'PERIOD_NOT_A_PAYMENT_WEEK');
    expectFieldErrors(await finance.get('/ledger/statements/export/csv'), 'period_start');
  });
});
