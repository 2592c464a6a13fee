import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ExcelRow } from './excel-sheets.js';
import { DATA_ROWS, ExcelSheets } from './excel-sheets.js';
import { partsAround } from './excel-parts.js';
import type { ExportTable } from '../export-table.js';

/** The fastest level: the network is usually slower anyway */
const COMPRESSION = { compressionLevel: 1 };
const BUFFER_BYTES = 65_536;

/**
 * The table as a workbook: rows below a frozen header with a filter, further sheets when one is full, totals in
 * bold below the last row, and a sheet with filters and time. The file is compressed while it is read.
 */
export function excelOf(table: ExportTable<ExcelRow>, dataRows = DATA_ROWS): Readable {
  const zip = new ZipFile();
  const file = zip.outputStream as PassThrough;
  const fail = (error: unknown): void => void file.destroy(error as Error);
  let sheet: Readable | undefined;
  const write = async (): Promise<void> => {
    const sheets = new ExcelSheets(table, dataRows);
    while (!sheets.areDone && !file.destroyed) {
      sheet = Readable.from(sheets.next(), { objectMode: false, highWaterMark: BUFFER_BYTES });
      zip.addReadStream(sheet, `xl/worksheets/sheet${sheets.count}.xml`, COMPRESSION);
      await once(sheet, 'close');
    }
    if (file.destroyed) return;
    for (const [name, xml] of partsAround(table, sheets)) zip.addBuffer(Buffer.from(xml), name);
    zip.end();
  };
  // nothing else ends the sheet: a pipe into a closed file just stops
  file.once('close', () => sheet?.destroy());
  zip.on('error', fail);
  write().catch(fail);
  return file;
}
