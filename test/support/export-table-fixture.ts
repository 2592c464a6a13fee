import { setImmediate as turn } from 'node:timers/promises';
import type { CellValue, ExportColumn, ExportTable } from '../../src/platform/export/export-table.js';

const BATCH = 2;

/** A column that reads the field of its name from the row. */
export type FixtureColumn = Omit<ExportColumn, 'cellValue'>;
export type FixtureRow = Readonly<Record<string, CellValue>>;

/** An export table with the rows that the test supplies, in small batches. */
export function exportTableFixture(
  rows: readonly FixtureRow[],
  columns: readonly FixtureColumn[],
  more: Partial<ExportTable> = {},
): ExportTable {
  return {
    title: 'Loans',
    fileName: 'loans-2025-10-29',
    filters: [],
    madeAt: new Date('2025-10-29T13:00:00Z'),
    timeZone: 'America/New_York',
    columns: columns.map((column) => ({
      ...column,
      cellValue: (row) => (row as FixtureRow)[column.field] ?? null,
    })),
    isCounted: () => true,
    async *items() {
      for (let start = 0; start < rows.length; start += BATCH) {
        await turn();
        yield rows.slice(start, start + BATCH);
      }
    },
    count: () => Promise.resolve(rows.length),
    ...more,
  };
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
