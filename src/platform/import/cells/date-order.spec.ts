import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CsvFile } from '../csv-file.js';
import { requireMonthFirst } from './date-order.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'date-order-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function check(content: string): Promise<void> {
  const file = path.join(folder, 'file.csv');
  writeFileSync(file, content);
  await requireMonthFirst(await CsvFile.at(file));
}

describe('dates with slashes', () => {
  it.each([
    ['13/10/2025 in any row', 'a,start\n1,05/10/2025\n2,13/10/2025\n', 'Line 3 has the date 13/10/2025'],
    ['quotation marks', 'a,start\r\n1,"31/1/2025"\r\n', 'Line 2 has the date 31/1/2025'],
    ['semicolons', 'a;start\n1;05/10/2025\n', 'Line 2 has the date 05/10/2025'],
    ['sep=;', 'sep=;\na;start\n1;5/10/2025', 'Line 3 has the date 5/10/2025'],
  ])('are rejected in a file with %s', async (_, content, sentence) => {
    await expect(check(content)).rejects.toThrow(sentence);
  });

  it.each([
    ['the month first', 'a,start\n1,05/10/2025\n2,10/13/2025\n'],
    ['other dates and semicolons', 'a;start\n1;2025-10-13\n'],
    ['a date of that kind within a text', 'a,notes\n1,see 13/10/2025\n'],
  ])('are accepted in a file with %s', async (_, content) => {
    await expect(check(content)).resolves.toBeUndefined();
  });
});
