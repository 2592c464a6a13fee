import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLogFile } from './log-file.js';

describe('a log file', () => {
  let folder: string;
  const onError = jest.fn();
  const open = (size?: '100B') => openLogFile({ folder, name: 'loans.log', size, onError });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  beforeEach(() => {
    onError.mockReset();
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'log-file-')), 'logs');
  });

  afterEach(() => {
    expect(onError).not.toHaveBeenCalled();
    rmSync(path.dirname(folder), { recursive: true });
  });

  it('is created with its directory and contains every line when it is closed', async () => {
    const file = open();
    for (let line = 0; line < 100; line += 1) file.write(`line ${line}\n`);
    await file.close();
    expect(read('loans.log').split('\n')).toHaveLength(101);
  });

  it('is continued after an earlier process', async () => {
    for (const line of ['first\n', 'second\n']) {
      const file = open();
      file.write(line);
      await file.close();
    }
    expect(read('loans.log')).toBe('first\nsecond\n');
  });

  it('is rotated at its size limit, and the last ten old files are kept', async () => {
    const file = open('100B');
    const line = (number: number): string => `${String(number).padStart(49, '.')}\n`;
    for (let number = 1; number <= 30; number += 1) file.write(line(number));
    file.write('the last\n');
    await file.close();
    const names = ['loans.log', ...Array.from({ length: 10 }, (_, index) => `loans.log.${index + 1}`)];
    expect(readdirSync(folder).sort()).toEqual(names.sort());
    expect(read('loans.log')).toBe('the last\n');
    expect(read('loans.log.1')).toBe(line(29) + line(30));
    expect(read('loans.log.10')).toBe(line(11) + line(12));
  });
});

describe('a log file that cannot be written', () => {
  it('reports the error once, accepts further writes and can be closed', async () => {
    const inTheWay = path.join(mkdtempSync(path.join(tmpdir(), 'log-file-')), 'logs');
    writeFileSync(inTheWay, 'a file where the folder should be');
    const onError = jest.fn<void, [Error]>();
    const file = openLogFile({ folder: inTheWay, name: 'loans.log', onError });
    file.write('early\n');
    while (onError.mock.calls.length === 0) await new Promise(setImmediate);
    file.write('late\n');
    await file.close();
    expect(onError).toHaveBeenCalledTimes(1);
    expect(existsSync(path.join(inTheWay, 'loans.log'))).toBe(false);
    rmSync(path.dirname(inTheWay), { recursive: true });
  });
});
