import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import type { TestApp } from './test-app.js';

export interface Download {
  readonly status: number;
  readonly type: string;
  /** The file name for a browser */
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** Downloads a file as a FINANCE user. The path is relative to /api/v1. */
export async function download(app: TestApp, path: string): Promise<Download> {
  const token = await app.as('FINANCE').accessToken();
  const answer = await app.app.inject({
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
  });
  const disposition = String(answer.headers['content-disposition']);
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    fileName: /^attachment; filename="([^"]+)"$/.exec(disposition)?.[1] ?? disposition,
    bytes: answer.rawPayload,
  };
}

/** The lines of a CSV file by header name, read with another library than the one that wrote it. */
export function readCsv(bytes: Buffer): Record<string, string>[] {
  return parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n', relax_column_count: false });
}

/** The header of a CSV file, which a file without rows has too. */
export function headerOfCsv(bytes: Buffer): string[] {
  return parse(bytes, { bom: true, to_line: 1 })[0] as string[];
}

/** A workbook as a spreadsheet application shows it: exceljs decodes escaped characters in shared strings only, not in inline ones. */
export async function readExcel(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  for (const sheet of workbook.worksheets) {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (typeof cell.value === 'string') cell.value = decodeEscapes(cell.value);
      });
    });
  }
  return workbook;
}

/** `_x000D_` is a carriage return (ISO/IEC 29500, ST_Xstring). */
function decodeEscapes(text: string): string {
  return text.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
