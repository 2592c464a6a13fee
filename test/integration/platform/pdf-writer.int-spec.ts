import { buffer } from 'node:stream/consumers';
import type { ExportColumn } from '../../../src/platform/export/export-table.js';
import { pdfOf } from '../../../src/platform/export/pdf-writer.js';
import { reportOf } from '../../../src/platform/export/printed-report.js';
import type { PdfThread } from '../../../src/platform/pdf/pdf-thread.js';
import { reportFixture } from '../../support/report-fixture.js';
import { countOf, pagesOf } from '../../support/pdf.js';

const COLUMNS: readonly ExportColumn[] = [
  { field: 'loan_id', heading: 'Loan', kind: 'text', width: 14 },
  { field: 'amount', heading: 'Loan amount', kind: 'money', width: 14, isSummed: true },
  { field: 'count', heading: 'Installments', kind: 'integer', width: 12, isSummed: true },
  { field: 'created_on', heading: 'Created', kind: 'instant', width: 24 },
];

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    loan_id: `DL-2025-${1000 + index}`,
    amount: '1234.56',
    count: 6,
    created_on: new Date('2025-11-02T10:00:00Z'),
  }));

const printed = async (...report: Parameters<typeof reportFixture>): Promise<string[]> =>
  pagesOf(await buffer(pdfOf(...reportFixture(...report))));

describe('a PDF report', () => {
  it('has a title, its filters and its creation time in New York', async () => {
    const filters = [{ label: 'Status', value: 'ACTIVE' }];
    const [page = ''] = await printed(rows(1), COLUMNS, { filters });
    expect(page).toContain('Status: ACTIVE');
    expect(page).toContain('Made Oct 29, 2025, 9:00 AM EDT');
  });

  it('prints cells with thousands separators and New York times', async () => {
    const [page = ''] = await printed(rows(1), COLUMNS);
    expect(page).toContain('DL-2025-1000 1,234.56 6 Nov 2, 2025, 5:00 AM EST');
  });

  it('prints every row once, headings and page numbers on every page and the totals at the end', async () => {
    const pages = await printed(rows(300), COLUMNS);
    expect(pages.length).toBeGreaterThan(5);
    for (const { loan_id } of rows(300)) expect(countOf(loan_id, pages.join(' '))).toBe(1);
    pages.forEach((page, index) => {
      expect(page).toContain('Loan amount');
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    expect(pages.at(-1)).toContain('Total of 300 rows 370,368.00 1800');
  });

  it('counts its pages correctly wherever the totals are', async () => {
    for (let count = 22; count < 32; count += 1) {
      const pages = await printed(rows(count), COLUMNS);
      expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`);
    }
  });

  it('has headings and zero totals when no row matches', async () => {
    const pages = await printed([], COLUMNS);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Total of 0 rows 0.00 0');
  });

  it('prints a long id in full and truncates a long sentence', async () => {
    const id = 'LP-2025-000001-AND-A-VERY-LONG-TAIL-OF-AN-ID-9';
    const columns: ExportColumn[] = [
      { field: 'id', heading: 'Id', kind: 'text', width: 8 },
      ...Array.from({ length: 12 }, (_, index): ExportColumn => ({
        field: `text${index}`,
        heading: 'Text',
        kind: 'text',
        width: 40,
      })),
    ];
    const [page = ''] = await printed(
      [{ id, text0: 'The transmission broke after the flood in May' }],
      columns,
    );
    expect(page).toContain(id);
    expect(page).toContain('…');
  });

  it('rejects too many rows before it reads the first', async () => {
    const taken = jest.fn();
    const [{ totals, ...head }] = reportFixture([], COLUMNS);
    const table = { ...head, totals: () => Promise.resolve({ ...totals, rows: 200_001 }), rows: taken };
    const thread = { draw: taken } as unknown as PdfThread;
    await expect(buffer(reportOf(table, thread))).rejects.toMatchObject({ code: 'REPORT_TOO_LONG' });
    expect(taken).not.toHaveBeenCalled();
  });
});
