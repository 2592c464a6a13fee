import type { Readable } from 'node:stream';
import { csvOf } from './csv-writer.js';
import { excelOf } from './excel-writer.js';
import type { ExportSource } from './export-source.js';
import { jsonOf } from './json-writer.js';
import { pdfOf } from './pdf-writer.js';

interface Format {
  readonly extension: string;
  readonly mediaType: string;
  /** Writes the table as it is read; destroying what it returns stops the reading. */
  readonly write: (table: ExportSource) => Readable;
}

/** The one place that knows which formats there are. */
export const EXPORT_FORMATS = {
  excel: {
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: excelOf,
  },
  pdf: { extension: 'pdf', mediaType: 'application/pdf', write: pdfOf },
  csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8', write: csvOf },
  json: { extension: 'json', mediaType: 'application/json; charset=utf-8', write: jsonOf },
} as const satisfies Record<string, Format>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
