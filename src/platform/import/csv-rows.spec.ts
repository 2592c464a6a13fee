import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CsvFile } from './csv-file.js';
import { csvRows } from './csv-rows.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'csv-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<[line: number, ...cells: string[]][]> {
  const file = path.join(folder, 'file.csv');
  writeFileSync(file, content);
  const rows: [number, ...string[]][] = [];
  for await (const { line, cells } of csvRows(await CsvFile.at(file))) rows.push([line, ...cells]);
  return rows;
}

const refusalOf = async (content: string | Buffer): Promise<string> => {
  const refusal: { code?: string; message?: string } = await read(content).then(
    () => ({}),
    (error: unknown) => error as Error,
  );
  expect(refusal.code).toBe('IMPORT_FILE_INVALID');
  return refusal.message ?? '';
};

describe('a CSV file', () => {
  it.each([
    ['line feeds', '\n'],
    ["Windows' line ends", '\r\n'],
    ["old Macintosh's line ends", '\r'],
  ])('with %s identifies each row by its first line', async (_, end) => {
    const lines = ['a,b', '1,"x', 'y"', '', '2,z', '"q', '', 'w",3', ' , ', '4,5'];
    expect(await read(lines.join(end))).toEqual([
      [1, 'a', 'b'],
      [2, '1', `x${end}y`],
      [5, '2', 'z'],
      [6, `q${end}${end}w`, '3'],
      [10, '4', '5'],
    ]);
  });

  it.each([
    ['Windows line ends only after the header', 'a,b\r\n1,2\n3,4\n'],
    ['Windows line ends only after the rows', 'a,b\n1,2\r\n3,4\r\n'],
    ['each line end once', 'a,b\r1,2\n3,4\r\n'],
  ])('can have %s', async (_, content) => {
    expect(await read(content)).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
    ]);
  });

  it('can end every line with only a carriage return', async () => {
    const name = 'n'.repeat(1_000);
    const rows = await read(`a,b\r${`1,${name}\r`.repeat(2_000)}`);
    expect(rows).toHaveLength(2_001);
    expect(rows.at(-1)).toEqual([2_001, '1', name]);
  });

  it('can have a byte order mark, semicolons and no final line break', async () => {
    expect(await read('\ufeffa,b\n1,2')).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
    expect(await read('\ufeffa;b\r\n"1,5";2\r\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1,5', '2'],
    ]);
  });

  it('can have tabs or declare its separator in the first line', async () => {
    expect(await read('a\tb\n1,5\t2\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1,5', '2'],
    ]);
    for (const first of ['sep=;', '\ufeffSEP=;', '"sep=;"']) {
      expect(await read(`${first}\r\na;b\r\n1,5;2\r\n`)).toEqual([
        [2, 'a', 'b'],
        [3, '1,5', '2'],
      ]);
    }
  });

  it('can be "Unicode text" from a spreadsheet, in UTF-16 with tabs', async () => {
    const text = `\ufeffname\tb\r\n${'José 🚕\t2\r\n'.repeat(20_000)}`;
    const rows = await read(Buffer.from(text, 'utf16le'));
    expect(rows).toHaveLength(20_001);
    expect(rows.at(-1)).toEqual([20_001, 'José 🚕', '2']);
  });

  it('can contain every script, and formulas are plain data', async () => {
    expect(await read('name\n"=1+1"\n@SUM(A1)\nद्राइवर 🚕\n"He said ""no"""\n')).toEqual([
      [1, 'name'],
      [2, '=1+1'],
      [3, '@SUM(A1)'],
      [4, 'द्राइवर 🚕'],
      [5, 'He said "no"'],
    ]);
  });

  it('can be read in pieces that split a character', async () => {
    const row = `${'é'.repeat(1_000)},x\n`;
    const rows = await read(`é,y\n${row.repeat(200)}`);
    expect(rows).toHaveLength(201);
    expect(rows.at(-1)).toEqual([201, 'é'.repeat(1_000), 'x']);
  });

  it('must contain a row', async () => {
    expect(await refusalOf('')).toBe('The file is empty.');
    expect(await read('\n\r\n  \n')).toEqual([]);
  });

  it.each([
    ['an Excel workbook', Buffer.from('504b03041400', 'hex'), /Excel workbook or an archive/],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b1', 'hex'), /Excel workbook, not text/],
    ['a compressed file', Buffer.from('1f8b0800', 'hex'), /compressed/],
    ['half a surrogate pair', Buffer.from('fffe61000ad80a00', 'hex'), /invalid UTF-16 text/],
    ['half a character', Buffer.from('fffe61000a0062', 'hex'), /invalid UTF-16 text/],
    ['UTF-16 of another byte order', Buffer.from('feff0061', 'hex'), /UTF-16, not UTF-8 text/],
    [
      'Latin-1',
      Buffer.from('a,b\n1,2\nJos\xe9,2\n', 'latin1'),
      /not UTF-8 text: line 3 contains invalid bytes/,
    ],
    ['Latin-1 in a last line without end', Buffer.from('a,b\n1,\xe9', 'latin1'), /not UTF-8 text: line 2/],
    ['a NUL', 'a,b\n1,2\n3,4\u0000\n', /^Line 3 contains a NUL character/],
  ])('is rejected if it is or contains %s', async (_, content, sentence) => {
    expect(await refusalOf(content)).toMatch(sentence);
  });

  it.each([
    ['is never closed', 'a,b\n1,2\n3,"x\n4,5\n', 'The quotation mark in the row of line 3 is never closed.'],
    [
      'is followed by text',
      'a,b\r\n"1\r\n2",2\r\n3,"x"y\r\n',
      'In the row of line 4, text follows a closing quotation mark. Write a quotation mark inside a cell as "".',
    ],
    [
      'is in the middle of a cell',
      'a,b\n1,6" pipe\n',
      'In the row of line 2, a cell contains a quotation mark but does not begin with one.',
    ],
    [
      'is never closed in a large file',
      `a,b\n1,"x\n${'3,4\n'.repeat(50_000)}`,
      'The row of line 2 is longer than 64 KiB. Check for a quotation mark that is not closed.',
    ],
  ])('is rejected if a quotation mark %s', async (_, content, sentence) => {
    expect(await refusalOf(content)).toBe(sentence);
  });

  it('is rejected if a line is too long', async () => {
    expect(await refusalOf(`a,b\n1,${'x'.repeat(3_000_000)}`)).toBe('Line 2 is longer than 1 MiB.');
    expect(await refusalOf(`a,b\n1,${'x'.repeat(70_000)}\n`)).toMatch(
      /^The row of line 2 is longer than 64 KiB/,
    );
  });
});
