import { readFileSync } from 'node:fs';
import path from 'node:path';

interface CategoryRow {
  readonly code: string;
  readonly label: string;
  /** The place in the order of payment, or why the category has none */
  readonly order: string;
}

const RULE_BOOK = path.resolve(import.meta.dirname, '../../../docs/domain.md');

/** The categories as docs/domain.md defines them. The tests take them from there, not from the code that they test. */
export const CATEGORY_ROWS: readonly CategoryRow[] = [
  ...readFileSync(RULE_BOOK, 'utf8').matchAll(
    /^\| ([A-Z]+) +\| ([^|]+?) +\| (\d+|only targeted payments|not an obligation) +\|$/gm,
  ),
].map(([, code = '', label = '', order = '']) => ({ code, label, order }));

export const PAYMENT_ORDER = CATEGORY_ROWS.filter(({ order }) => /^\d+$/.test(order)).map(({ code }) => code);

export const OBLIGATION_CATEGORIES = CATEGORY_ROWS.filter(({ order }) => order !== 'not an obligation').map(
  ({ code }) => code,
);
