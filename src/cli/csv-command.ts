import { stat } from 'node:fs/promises';
import { CsvFile } from '../platform/import/csv-file.js';
import { withUpload } from '../platform/import/csv-upload.js';
import { UsageError } from './usage-error.js';

/** The named file, or stdin for the name `-`. */
export async function withFile<T>(name: string, work: (file: CsvFile) => Promise<T>): Promise<T> {
  if (name === '-') return withUpload(process.stdin, Number.MAX_SAFE_INTEGER, work);
  const found = await stat(name).catch(() => null);
  if (found === null) throw new UsageError(`There is no file "${name}".`);
  if (found.isDirectory()) throw new UsageError(`"${name}" is a folder. Give the path of a file.`);
  if (!found.isFile()) throw new UsageError(`"${name}" is not a file. Use "-" to read a pipe.`);
  return work(await CsvFile.at(name));
}

export function printLine(line: number, sentence: string): void {
  print(`line ${line}: ${sentence}`);
}

/** @param count how many of `what` were not printed */
export function printHiddenCount(count: number, what: string): void {
  if (count > 0) print(`and ${count} more ${count === 1 ? what : `${what}s`}`);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
