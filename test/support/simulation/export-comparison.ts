import { download, readCsv, readExcel } from '../download.js';
import { expectLoanFiguresAgree } from '../loan-figures.js';
import { loanFiguresOf } from '../model/figures-model.js';
import { centsOf, dollars, sum } from '../model/money.js';
import { exportTotals } from '../model/records-model.js';
import { get } from './model-comparison.js';
import type { Simulation } from './simulation.js';

/** Compares the totals of each JSON export with the model. */
export async function expectExportTotals(simulation: Simulation): Promise<void> {
  for (const [path, totals] of Object.entries(exportTotals(simulation.model))) {
    const json = await get<{ totals: Record<string, string> }>(simulation, `${path}/export/json`);
    expect({ path, ...json.totals }).toMatchObject({ path, ...totals });
  }
}

/** Compares the other formats of each export and every displayed figure with the model. */
export async function expectExportsMatchModel(simulation: Simulation): Promise<void> {
  expect(await expectLoanFiguresAgree(simulation.app)).toEqual(loanFiguresOf(simulation.model));
  for (const [path, totals] of Object.entries(exportTotals(simulation.model))) {
    expect(await lastRowOf(simulation, path)).toBe(totals['outstanding_balance']);
    const lines = readCsv((await download(simulation.app, `${path}/export/csv`)).bytes);
    const outstanding = sum(lines, (line) => centsOf(line['outstanding_balance'] ?? ''));
    expect({ path, outstanding: dollars(outstanding) }).toEqual({
      path,
      outstanding: totals['outstanding_balance'],
    });
  }
}

/** The outstanding amount in the totals row of the workbook. */
async function lastRowOf(simulation: Simulation, path: string): Promise<string> {
  const [sheet] = (await readExcel((await download(simulation.app, `${path}/export/excel`)).bytes))
    .worksheets;
  const heading = (sheet!.getRow(1).values as string[]).indexOf('Outstanding');
  return Number(sheet!.getRow(sheet!.rowCount).getCell(heading).value ?? 0).toFixed(2);
}
