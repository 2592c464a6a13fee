import { Readable } from 'node:stream';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { TextStyle } from '../pdf/pdf-sheet.js';
import { INK, PdfSheet } from '../pdf/pdf-sheet.js';
import { PdfTable } from '../pdf/pdf-table.js';
import { printedNumber } from '../../kernel/money/printed-amount.js';
import { printedInstant } from '../pdf/printed.js';
import type { ExportColumn, ExportTable } from './export-table.js';
import { ExportTotals } from './export-totals.js';
import { printedCell, reportLayout } from './report-columns.js';

/** About 5,000 pages. No one reads more, and the thread needs a minute to draw them. */
const MAX_ROWS = 200_000;
const MARGIN = 36;
const FOOT_HEIGHT = 18;
const TITLE: TextStyle = { size: 16, weight: 'bold' };
const SMALL: TextStyle = { size: 8, color: INK.quiet };
const FOOT: TextStyle = { size: 7.5, color: INK.quiet };
const LINE_HEIGHT = 12;

/**
 * The table as a report on landscape Letter paper: title, filters and time on the first page, headings and "page x
 * of y" on every page, a totals row at the end. Pages are drawn as the reader takes them and then released. If
 * there are too many rows, the stream fails with REPORT_TOO_LONG before its first byte.
 */
export function pdfOf(table: ExportTable): Readable {
  return Readable.from(pagesOf(table), { objectMode: false });
}

async function* pagesOf(table: ExportTable): AsyncGenerator<Buffer> {
  const rows = await table.count();
  requirePrintable(rows);
  const report = new Report(table, rows);
  for await (const items of table.items()) {
    for (const item of items) {
      if (report.isPageFull) {
        report.nextPage();
        await yieldToEventLoop();
        yield* report.written();
      }
      report.add(item);
    }
  }
  report.end();
  yield* report.written();
}

class Report {
  private readonly sheet: PdfSheet;
  private readonly table: PdfTable;
  private readonly columns: readonly ExportColumn[];
  private readonly totals: ExportTotals;
  private readonly filters: readonly string[];
  private readonly pages: number;
  private page = 0;
  private y = 0;
  /** Rows that still fit on the page */
  private free = 0;

  constructor(
    private readonly source: ExportTable,
    private readonly rows: number,
  ) {
    this.sheet = new PdfSheet({
      title: source.title,
      layout: 'landscape',
      madeAt: source.madeAt,
      keepsPages: false,
    });
    const width = this.sheet.width - 2 * MARGIN;
    this.columns = source.columns.filter(({ excludeFromPdf }) => !excludeFromPdf);
    const layout = reportLayout(this.columns, width);
    this.sheet.newPage();
    this.table = new PdfTable(this.sheet, layout.columns, MARGIN, layout.size);
    this.totals = new ExportTotals(source);
    this.filters = this.sheet.wrap(filterLine(source), { ...SMALL, width });
    this.pages = this.countPages();
    this.startPage();
  }

  get isPageFull(): boolean {
    return this.free === 0;
  }

  nextPage(): void {
    this.sheet.newPage();
    this.startPage();
  }

  add(item: object): void {
    const { columns } = this;
    const { timeZone } = this.source;
    this.totals.add([item]);
    this.table.row(
      this.y,
      columns.map((column) => printedCell(column.cellValue(item), column, timeZone)),
    );
    this.y += this.table.rowHeight;
    this.free -= 1;
  }

  end(): void {
    if (this.isPageFull) this.nextPage();
    this.addTotals();
    this.sheet.end();
  }

  /** The bytes of the completed pages. */
  *written(): Generator<Buffer> {
    const bytes = this.sheet.read();
    if (bytes !== null) yield bytes;
  }

  private get headOfFirstPage(): number {
    return MARGIN + 34 + this.filters.length * LINE_HEIGHT + 8;
  }

  /** Counts the rows and the totals row. All have the same height. */
  private countPages(): number {
    const left = this.rows + 1 - this.rowsBelow(this.headOfFirstPage);
    return 1 + Math.max(0, Math.ceil(left / this.rowsBelow(MARGIN)));
  }

  private rowsBelow(top: number): number {
    const bottom = this.sheet.height - MARGIN - FOOT_HEIGHT;
    return Math.floor((bottom - top - this.table.headHeight) / this.table.rowHeight);
  }

  private startPage(): void {
    this.page += 1;
    const top = this.page === 1 ? this.headOfFirstPage : MARGIN;
    if (this.page === 1) this.drawTitle();
    this.table.head(top);
    this.y = top + this.table.headHeight;
    this.free = this.rowsBelow(top);
    this.drawFoot();
  }

  private drawTitle(): void {
    const { title, madeAt, timeZone } = this.source;
    const right = this.sheet.width - MARGIN;
    this.sheet.text(title, MARGIN, MARGIN + 16, TITLE);
    const made = `Made ${printedInstant(madeAt, timeZone)}`;
    this.sheet.text(made, right, MARGIN + 16, { ...SMALL, align: 'right' });
    this.filters.forEach((line, index) => {
      this.sheet.text(line, MARGIN, MARGIN + 34 + index * LINE_HEIGHT, SMALL);
    });
  }

  private drawFoot(): void {
    const y = this.sheet.height - MARGIN;
    this.sheet.text(this.source.title, MARGIN, y, FOOT);
    const place = `Page ${printedNumber(String(this.page))} of ${printedNumber(String(this.pages))}`;
    this.sheet.text(place, this.sheet.width - MARGIN, y, { ...FOOT, align: 'right' });
  }

  private addTotals(): void {
    const { columns } = this;
    const { timeZone } = this.source;
    const sums = this.totals.values();
    const firstSum = columns.findIndex(({ field }) => sums[field] !== undefined);
    this.table.ruleAbove(this.y);
    this.table.row(
      this.y,
      columns.map((column) => printedCell(sums[column.field] ?? null, column, timeZone)),
      {
        weight: 'bold',
        label: { text: this.totals.label, columns: firstSum === -1 ? columns.length : firstSum },
      },
    );
  }
}

/** Throws REPORT_TOO_LONG if there are too many rows for a PDF. */
export function requirePrintable(rows: number): void {
  if (rows <= MAX_ROWS) return;
  const [found, most] = [rows, MAX_ROWS].map((count) => printedNumber(String(count)));
  throw new DomainError(
    'REPORT_TOO_LONG',
    `A PDF can have at most ${most} rows, and this one would have ${found}. Narrow the filters, or use csv or excel.`,
  );
}

function filterLine({ filters }: ExportTable): string {
  if (filters.length === 0) return 'No filters';
  return filters.map(({ label, value }) => `${label}: ${value}`).join('  ·  ');
}
