import { Money } from '../../kernel/money/money.js';
import type { ExportColumn, ExportRow } from './export-table.js';

/** Adds the summed columns up, row by row: amounts exactly, counts as whole numbers. */
export class ColumnTotals {
  private readonly sums = new Map<string, Money>();

  constructor(columns: readonly ExportColumn[]) {
    for (const { field, isSummed } of columns) if (isSummed) this.sums.set(field, Money.ZERO);
  }

  add(row: ExportRow): void {
    for (const [field, sum] of this.sums) {
      const value = row[field];
      if (value !== null && value !== undefined) this.sums.set(field, sum.plus(Money.of(String(value))));
    }
  }

  /** As a row's value would be: two decimals of money, none of an integer. Null of a column that is not summed. */
  of({ field, kind }: ExportColumn): string | null {
    const sum = this.sums.get(field)?.toString();
    if (sum === undefined) return null;
    return kind === 'integer' ? sum.replace(/\.00$/, '') : sum;
  }
}
