import { BALANCE_EXPORT } from '../../src/modules/ledger/balances/balance.export.js';
import { POSTING_EXPORT } from '../../src/modules/ledger/postings/posting.export.js';
import { STATEMENT_EXPORT } from '../../src/modules/ledger/statements/statement.export.js';
import { AGING_EXPORT } from '../../src/modules/loans/reports/aging.export.js';
import { INSTALLMENT_EXPORT } from '../../src/modules/loans/installments/installment.export.js';
import { LOAN_EXPORT } from '../../src/modules/loans/overview/loan.export.js';
import { RowStream } from '../../src/platform/database/row-streams.js';
import { printedNumber } from '../../src/kernel/money/printed-amount.js';
import { countOf, getPdf, pagesOf } from '../support/pdf.js';
import { expectProblem } from '../support/problem.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const WEEK = '2025-11-02';
/** Five loans per lease, so that the statements, with a row per lease, also fill several pages */
const LOANS = 250;

interface Export {
  readonly title: string;
  readonly columns: readonly {
    readonly field: string;
    readonly heading: string;
    readonly kind: string;
    readonly excludeFromPdf?: boolean;
  }[];
}

/** Each report with its filter as printed and the field that every row prints. */
const EXPORTS: [path: string, query: string, filter: string, id: string, definition: Export][] = [
  ['/loans', 'status=ACTIVE', 'Status: Active', 'loan_id', LOAN_EXPORT],
  ['/loans/installments', `period_start=${WEEK}`, 'Nov 2, 2025', 'installment_id', INSTALLMENT_EXPORT],
  ['/loans/reports/aging', 'sort_by=overdue', 'Sorted by: Overdue, descending', 'loan_id', AGING_EXPORT],
  ['/ledger/postings', 'category=LOANS', 'Category: Loans', 'posting_id', POSTING_EXPORT],
  ['/ledger/balances', 'status=OPEN', 'Status: Open', 'balance_id', BALANCE_EXPORT],
  ['/ledger/statements', `period_start=${WEEK}`, 'Nov 2, 2025', 'lease_number', STATEMENT_EXPORT],
];

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-03T06:00:00-05:00' });
  await seedDueInstallments(app.db, { loans: LOANS, installments: 1, startWeek: WEEK });
  await app.as('FINANCE').post('/loans/installments/post', {});
});

afterAll(() => app.close());
afterEach(() => jest.restoreAllMocks());

describe.each(EXPORTS)('the PDF report of %s?%s', (path, query, filter, id, definition) => {
  let pages: string[];

  beforeAll(async () => {
    const answer = await getPdf(app, `${path}/export/pdf?${query}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+-2025-11-03\.pdf"$/);
    pages = pagesOf(answer.file);
  });

  it('states its title, its filters and when it was created', () => {
    for (const text of [definition.title, filter, 'Made Nov 3, 2025, 6:00 AM EST']) {
      expect(pages[0]).toContain(text);
    }
  });

  it('repeats the headings and the page number on every page', () => {
    expect(pages.length).toBeGreaterThan(1);
    const printed = definition.columns.filter(({ excludeFromPdf }) => !excludeFromPdf);
    const words = printed.flatMap(({ heading }) => heading.split(' '));
    pages.forEach((page, index) => {
      expect(words.filter((word) => !page.includes(word))).toEqual([]);
      expect(countOf(`Page ${index + 1} of ${pages.length}`, page)).toBe(1);
    });
  });

  it('prints the labels of codes, and dates as people write them', () => {
    const text = pages.join(' ');
    expect(text).not.toMatch(/\b(ACTIVE|LOANS|OPEN|CHARGE|POSTED|SCHEDULED)\b/);
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  it('contains every row once, and the totals of the JSON export', async () => {
    const { body } = await app.as('FINANCE').get<{
      items: Record<string, string>[];
      totals: Record<string, string>;
    }>(`${path}/export/json?${query}`);
    const text = pages.join(' ');
    expect(new Set(body.items.map((item) => item[id])).size).toBe(body.items.length);
    for (const item of body.items) expect(text).toContain(item[id]);
    const totals = definition.columns
      .filter(({ field, excludeFromPdf }) => field in body.totals && !excludeFromPdf)
      .map(({ field, kind }) =>
        kind === 'money' ? printedNumber(body.totals[field] ?? '') : body.totals[field],
      );
    expect(totals.length).toBeGreaterThan(1);
    expect(pages.at(-1)).toContain(`Total of ${body.items.length} rows ${totals.join(' ')}`);
  });
});

describe('a PDF report', () => {
  it('has its headings when there are no rows', async () => {
    const answer = await getPdf(app, '/loans/export/pdf?driver_id=2147483647');
    const [page = ''] = pagesOf(answer.file);
    expect(page).toContain('Total of 0 rows');
  });

  it('is rejected above the row limit, and occupies no connection', async () => {
    const totals = { rows: 200_001, counted: 200_001, sums: {} };
    jest.spyOn(RowStream.prototype, 'one').mockResolvedValue(totals);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await app.as('FINANCE').get('/loans/export/pdf');
      expectProblem(answer, 400, 'REPORT_TOO_LONG');
      expect(answer.headers['content-disposition']).toBeUndefined();
    }
  });

  it('returns a problem document when its rows cannot be counted', async () => {
    jest.spyOn(RowStream.prototype, 'one').mockRejectedValue(new Error('no count'));
    expectProblem(await app.as('FINANCE').get('/loans/export/pdf'), 500, 'INTERNAL_ERROR');
  });
});
