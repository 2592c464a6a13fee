import { execFileSync } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { pdfOf } from '../../src/platform/export/pdf-writer.js';
import { NAMES, reportFixture } from '../support/report-fixture.js';

/** The text as poppler extracts it for copying. */
const textOf = (file: Buffer): string =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: file, encoding: 'utf8' });

/** Poppler marks right-to-left text. */
const plain = (text: string): string => text.replace(/[\u202a-\u202e]/g, '');

describe('a PDF report read by pdftotext', () => {
  it.each(Object.entries(NAMES))('contains names in %s', async (_, name) => {
    const columns = [{ field: 'name', heading: 'Driver', kind: 'text', width: 30 }] as const;
    const file = await buffer(pdfOf(...reportFixture([{ name }], columns)));
    expect(plain(textOf(file))).toContain(name);
  });

  it('contains every amount in its row, the total and all page numbers', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({
      id: `DL-${index}`,
      amount: `${1000 + index}.50`,
    }));
    const columns = [
      { field: 'id', heading: 'Loan', kind: 'text', width: 14 },
      { field: 'amount', heading: 'Amount', kind: 'money', width: 14, isSummed: true },
    ] as const;
    const text = textOf(await buffer(pdfOf(...reportFixture(rows, columns))));
    for (const [index, { id }] of rows.entries()) {
      expect(text).toMatch(new RegExp(`${id} +1,0${String(index).padStart(2, '0')}\\.50\n`));
    }
    expect(text).toMatch(/Total of 100 rows +105,000\.00/);
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    pages.forEach((page, index) => expect(page).toContain(`Page ${index + 1} of ${pages.length}`));
    expect(pages.length).toBeGreaterThan(2);
  });
});
