import { setImmediate as turn } from 'node:timers/promises';
import type { ExportColumn } from '../../src/platform/export/export-table.js';
import type { ReportRow, ReportTable } from '../../src/platform/export/pdf-writer.js';

const BATCH = 2;

/** A report with the rows that the test supplies, in small batches. */
export function reportFixture(
  rows: readonly ReportRow[],
  columns: readonly ExportColumn[],
  more: Partial<ReportTable> = {},
): [ReportTable, AsyncIterable<readonly ReportRow[]>] {
  const sumOf = ({ field, kind }: ExportColumn): string =>
    rows.reduce((sum, row) => sum + Number(row[field]), 0).toFixed(kind === 'money' ? 2 : 0);
  const summed = columns.filter(({ isSummed }) => isSummed);
  const table = {
    title: 'Loans',
    fileName: 'loans-2025-10-29',
    filters: [],
    madeAt: new Date('2025-10-29T13:00:00Z'),
    timeZone: 'America/New_York',
    columns,
    totals: {
      rows: rows.length,
      counted: rows.length,
      sums: Object.fromEntries(summed.map((column) => [column.field, sumOf(column)])),
    },
    ...more,
  };
  return [table, batchesOf(rows)];
}

async function* batchesOf(rows: readonly ReportRow[]): AsyncGenerator<readonly ReportRow[]> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await turn();
    yield rows.slice(start, start + BATCH);
  }
}

/** A name in each script that the PDF documents support. */
export const NAMES = {
  Latin: 'Łukasz Żółć-Škvorecký',
  Vietnamese: 'Nguyễn Thị Hạnh',
  Cyrillic: 'Владимир Ильин',
  Greek: 'Γιώργος Παπάς',
  Arabic: 'محمد الأحمد',
  Hebrew: 'דוד כהן',
  Devanagari: 'राजेश शर्मा',
  Bengali: 'মোহাম্মদ রহমান',
  Gurmukhi: 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ',
  Tamil: 'கிருஷ்ணன்',
  Thai: 'สมชาย ใจดี',
  Georgian: 'გიორგი',
  Armenian: 'Արամ Հակոբյան',
  Amharic: 'አበበ በቀለ',
  'simplified Chinese': '王小龙',
  'traditional Chinese': '陳怡君',
  Japanese: 'たなか サクラ',
  Korean: '김민수',
} as const;
