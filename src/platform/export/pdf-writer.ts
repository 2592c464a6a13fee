import type { Readable } from 'node:stream';
import type { ExportTable } from './export-table.js';

/** TEMPORARY: stands in for the PDF writer that is written elsewhere. */
export function pdfOf(_table: ExportTable): Readable {
  throw new Error('PDF is not written yet');
}
