import type { CellWriter } from './excel-cells.js';
import {
  cellWriterOf,
  columnName,
  digitsIn,
  MAX_DIGITS,
  numberCell,
  STYLE,
  textCell,
} from './excel-cells.js';
import { ExportTotals } from '../export-totals.js';
import type { ExportColumn, ExportTable } from '../export-table.js';

/** Writes the rows of a table as XML, one sheet after another. */
export class ExcelSheets {
  private readonly batches: AsyncIterator<readonly object[], unknown>;
  private readonly cells: readonly {
    name: string;
    cellValue: ExportColumn['cellValue'];
    write: CellWriter;
  }[];
  private readonly totals: ExportTotals;
  private waiting: readonly object[] = [];
  /** The last row of each sheet inside the filter range */
  readonly lastRows: number[] = [];
  areDone = false;

  constructor(
    private readonly table: ExportTable,
    private readonly maxRows: number,
  ) {
    const batches: AsyncIterable<readonly object[], unknown> = table.items();
    this.batches = batches[Symbol.asyncIterator]();
    this.totals = new ExportTotals(table);
    this.cells = table.columns.map((column, index) => ({
      name: columnName(index),
      cellValue: column.cellValue,
      write: cellWriterOf(column.kind, table.timeZone),
    }));
  }

  /** Number of sheets so far, including the current one */
  get count(): number {
    return this.lastRows.length;
  }

  get rows(): number {
    return this.lastRows.reduce((sum, last) => sum + last - 1, 0);
  }

  /** The XML of the next sheet. An empty table still has one sheet. */
  next(): AsyncGenerator<string> {
    const sheet = this.lastRows.push(1) - 1;
    return this.sheetXml(sheet);
  }

  private async *sheetXml(sheet: number): AsyncGenerator<string> {
    const { columns } = this.table;
    let last = 1;
    yield headOf(columns, this.table.timeZone);
    // one row is reserved for the totals
    while ((await this.hasMore()) && last < this.maxRows - 1) {
      const room = this.maxRows - 1 - last;
      const rows = this.waiting.slice(0, room);
      this.waiting = this.waiting.slice(room);
      this.totals.add(rows);
      yield this.rowsXml(rows, last + 1);
      last += rows.length;
      this.lastRows[sheet] = last;
    }
    const totals = this.areDone ? totalsXml(columns, this.totals, last + 1) : '';
    yield `${totals}</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${last}"/></worksheet>`;
  }

  /** Whether there is another row. Reads the next batch if needed. */
  private async hasMore(): Promise<boolean> {
    while (this.waiting.length === 0 && !this.areDone) {
      const next = await this.batches.next();
      if (next.done) this.areDone = true;
      else this.waiting = next.value;
    }
    return this.waiting.length > 0;
  }

  private rowsXml(items: readonly object[], first: number): string {
    let xml = '';
    let number = first;
    for (const item of items) {
      xml += `<row r="${number}">`;
      for (const { name, cellValue, write } of this.cells) xml += write(`${name}${number}`, cellValue(item));
      xml += '</row>';
      number += 1;
    }
    return xml;
  }
}

function headOf(columns: readonly ExportColumn[], timeZone: string): string {
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width + 2}" customWidth="1"/>`,
  );
  const headings = columns.map((column, index) =>
    textCell(`${columnName(index)}1`, headingOf(column, timeZone), STYLE.heading),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${headings.join('')}</row>`
  );
}

/** Instants are in local time of the fleet. The heading names the time zone because a cell cannot. */
function headingOf({ heading, kind }: ExportColumn, timeZone: string): string {
  return kind === 'instant' ? `${heading} (${timeZone})` : heading;
}

function totalsXml(columns: readonly ExportColumn[], totals: ExportTotals, row: number): string {
  const sums = totals.values();
  if (Object.keys(sums).length === 0) return '';
  const cells = columns.map(({ field, kind }, index) => {
    const place = `${columnName(index)}${row}`;
    const total = sums[field];
    if (total === undefined) return index === 0 ? textCell(place, totals.label, STYLE.totalText) : '';
    if (digitsIn(total) > MAX_DIGITS) return textCell(place, total, STYLE.totalText);
    return numberCell(place, total, kind === 'money' ? STYLE.totalMoney : STYLE.totalInteger);
  });
  return `<row r="${row}">${cells.join('')}</row>`;
}
