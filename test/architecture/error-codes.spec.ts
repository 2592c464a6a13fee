import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../src/code-lists.js';
import { STATUS_OF_KIND } from '../../src/platform/http/errors/problem.js';

const root = path.resolve(__dirname, '../..');
const catalogue = Object.entries(ERROR_CODES).map(([code, kind]) => ({ code, status: STATUS_OF_KIND[kind] }));

/** A line of a module's table: `LOAN_NOT_FOUND: 'NOT_FOUND',` */
const TABLE_LINE = /^ {2}[A-Z_]+: '[A-Z_]+',$/gm;

/** The sources that throw. Controllers only declare errors, specs only expect them and the tables only define them. */
const throwingSources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/domain-error\.ts$|\.controller\.ts$|\.spec\.ts$/.test(file))
  .map((file) => readFileSync(path.join(root, 'src', file), 'utf8').replaceAll(TABLE_LINE, ''))
  .join('\n');

const documented = [
  ...readFileSync(path.join(root, 'docs/errors.md'), 'utf8').matchAll(
    /^\| ([A-Z_]+) +\| (\d{3}) +\| [^|]+ \| [^|]+ \|$/gm,
  ),
];

const byCode = (left: { code: string }, right: { code: string }): number =>
  left.code.localeCompare(right.code);

describe('the error code catalogue', () => {
  it('contains only codes that are thrown somewhere', () => {
    const idle = catalogue.map(({ code }) => code).filter((code) => !throwingSources.includes(`'${code}'`));
    expect(idle).toEqual([]);
  });

  it('is explained in docs/errors.md: each code once, with its HTTP status', () => {
    const explained = documented.map(([, code, status]) => ({ code: String(code), status: Number(status) }));
    expect(explained.sort(byCode)).toEqual([...catalogue].sort(byCode));
  });
});
