import { printedNumber } from '../../kernel/money/printed-amount.js';

/** The kind of a cell decides how each format writes it: alignment, number format, escaping. */
export type CellKind = 'text' | 'boolean' | 'integer' | 'money' | 'percentage' | 'date' | 'instant';

/** Money and percentages are decimal strings, dates are YYYY-MM-DD, instants are Dates. */
export type CellValue = string | number | boolean | Date | null;

export interface ExportColumn {
  /** Column name in CSV and JSON: the field name of the API */
  readonly field: string;
  /** Heading of the column in Excel and PDF */
  readonly heading: string;
  readonly kind: CellKind;
  /** In characters */
  readonly width: number;
  /** Whether the totals row sums the column. Only for money and integers. */
  readonly isSummed?: boolean;
  /** The labels of the codes in the column. Paper shows them; files for programs contain the codes. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Excluded from PDF: a page has no room for every column of a wide table */
  readonly excludeFromPdf?: boolean;
}

/** Whether a cell of the column can contain any character. Codes, which have labels, cannot. */
export const isFreeText = ({ kind, labels }: ExportColumn): boolean =>
  kind === 'text' && labels === undefined;

/** A filter as text, for example "Status: ACTIVE". */
export interface ExportFilter {
  readonly label: string;
  readonly value: string;
}

/** The totals row of a table. */
export interface ExportTotals {
  /** Number of rows in the table */
  readonly rows: number;
  /** Number of rows that the sums include */
  readonly counted: number;
  /** What the other rows are, such as "voided balances" */
  readonly notCounted?: string | undefined;
  /** By the field of the summed column: money with two decimals, integers as digits */
  readonly sums: Readonly<Record<string, string>>;
}

/** The label of the totals row, such as "Total of 13 of 14 rows, without voided balances" if one row does not count. */
export function totalsLabel({ rows, counted, notCounted }: ExportTotals): string {
  const all = rows === 1 ? '1 row' : `${printedNumber(String(rows))} rows`;
  if (counted === rows) return `Total of ${all}`;
  return `Total of ${printedNumber(String(counted))} of ${all}, without ${notCounted}`;
}

/** What a table says besides its rows. */
export interface ExportHead {
  readonly title: string;
  /** Content and date, without extension: `loans-2025-10-29` */
  readonly fileName: string;
  readonly filters: readonly ExportFilter[];
  /** Time of the export on the service's clock */
  readonly madeAt: Date;
  readonly timeZone: string;
  readonly columns: readonly ExportColumn[];
}

/** A table of any length to write in one of the formats. */
export interface ExportTable<Row extends object> extends ExportHead {
  /** The rows as the format reads them, in batches at the pace of the writer. Iterate only once. */
  rows(): AsyncIterable<readonly Row[]>;
  /** The totals of the same snapshot. */
  totals(): Promise<ExportTotals>;
}
