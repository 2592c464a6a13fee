import { Readable } from 'node:stream';
import type { PdfThread } from '../pdf/pdf-thread.js';
import type { ExportTable } from './export-table.js';
import type { ReportRow, ReportTable } from './pdf-writer.js';
import { requirePrintable } from './pdf-writer.js';

/**
 * The table as a PDF report, drawn by the thread. The stream fails with REPORT_TOO_LONG before its first byte if it
 * is too long.
 */
export function reportOf(table: ExportTable<ReportRow>, thread: PdfThread): Readable {
  return Readable.from(drawnBy(thread, table), { objectMode: false });
}

async function* drawnBy(thread: PdfThread, table: ExportTable<ReportRow>): AsyncGenerator<Buffer> {
  const totals = await table.totals();
  requirePrintable(totals);
  const { title, fileName, filters, madeAt, timeZone } = table;
  const columns = table.columns.filter(({ excludeFromPdf }) => !excludeFromPdf);
  const report: ReportTable = { title, fileName, filters, madeAt, timeZone, columns, totals };
  yield* thread.draw({ kind: 'report', table: report }, table.rows());
}
