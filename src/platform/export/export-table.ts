/** What a cell holds decides how each format writes it: alignment, number format, escaping. */
export type CellKind = 'text' | 'integer' | 'money' | 'percentage' | 'date' | 'instant';

/** Money and percentages are decimal strings, dates are YYYY-MM-DD, instants are Dates. */
export type CellValue = string | number | boolean | Date | null;

export interface ExportColumn {
  /** Name of the column in CSV and JSON: the name that the API has for the field */
  readonly field: string;
  /** What people read above the column in Excel and PDF */
  readonly heading: string;
  readonly kind: CellKind;
  /** In characters */
  readonly width: number;
  /** Whether the totals row sums the column; of money and integers only */
  readonly isSummed?: boolean;
  /** Left out of PDF: a sheet of paper has no room for every column of a wide table */
  readonly excludeFromPdf?: boolean;
  /** What stands in it of one of the table's items */
  readonly of: (item: object) => CellValue;
  /** What a counted row adds to the total; left out where that is the cell's own value */
  readonly addend?: (item: object) => CellValue;
}

/** What was asked for, in words, such as "Status: ACTIVE". */
export interface ExportFilter {
  readonly label: string;
  readonly value: string;
}

/** A table to be written to a file in one of the formats, however long. */
export interface ExportTable {
  readonly title: string;
  /** Says what and when, without an extension: `loans-2025-10-29` */
  readonly fileName: string;
  readonly filters: readonly ExportFilter[];
  /** When it was made, on the service's clock */
  readonly madeAt: Date;
  readonly timeZone: string;
  readonly columns: readonly ExportColumn[];
  /** Whether the totals count the row */
  counts(item: object): boolean;
  /** A row each, as the API's list has them, in batches as the reader takes them; once. Leaving early ends the query. */
  items(): AsyncIterable<readonly object[]>;
  /** How many items there will be, of the same snapshot: asked only where a format must know beforehand */
  count(): Promise<number>;
}
