import { printedNumber } from '../../kernel/money/printed-amount.js';
import type { CellValue, ExportColumn, ExportTable } from './export-table.js';

const CENTS = 2;

/** Sums columns over the counted rows of a table, exactly: money in cents, integers unchanged. */
export class ExportTotals {
  private readonly sums: Map<string, bigint>;
  private readonly columns: readonly ExportColumn[];
  private all = 0;
  private counted = 0;

  constructor(private readonly table: Pick<ExportTable, 'columns' | 'isCounted'>) {
    this.columns = table.columns.filter(({ isSummed }) => isSummed);
    this.sums = new Map(this.columns.map(({ field }) => [field, 0n]));
  }

  /** The label of the totals row, such as "Total of 13 of 14 rows" if one row does not count. */
  get label(): string {
    const all = this.all === 1 ? '1 row' : `${printedNumber(String(this.all))} rows`;
    return this.counted === this.all
      ? `Total of ${all}`
      : `Total of ${printedNumber(String(this.counted))} of ${all}`;
  }

  add(items: readonly object[]): void {
    const counted = items.filter((item) => this.table.isCounted(item));
    this.all += items.length;
    this.counted += counted.length;
    for (const { field, kind, cellValue, addend = cellValue } of this.columns) {
      let sum = this.sums.get(field) ?? 0n;
      for (const item of counted) sum += kind === 'money' ? centsOf(addend(item)) : wholeOf(addend(item));
      this.sums.set(field, sum);
    }
  }

  /** Totals by field: money with two decimals, integers as digits. */
  values(): Record<string, string> {
    return Object.fromEntries(
      this.columns.map(({ field, kind }) => {
        const sum = this.sums.get(field) ?? 0n;
        return [field, kind === 'money' ? dollarsOf(sum) : String(sum)];
      }),
    );
  }
}

function centsOf(value: CellValue): bigint {
  if (typeof value !== 'string') return 0n;
  const [whole = '', cents = ''] = value.split('.', 2);
  return BigInt(whole + cents.padEnd(CENTS, '0'));
}

function wholeOf(value: CellValue): bigint {
  return typeof value === 'number' ? BigInt(value) : 0n;
}

function dollarsOf(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(CENTS + 1, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -CENTS)}.${digits.slice(-CENTS)}`;
}
