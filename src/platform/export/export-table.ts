/** The kind of a cell decides how each format writes it: alignment, number format, escaping. */
export type CellKind = 'text' | 'integer' | 'money' | 'percentage' | 'date' | 'instant';

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
  /** The value of the cell for an item */
  readonly cellValue: (item: object) => CellValue;
  /** The amount that a counted row adds to the total. Default: the value of the cell. */
  readonly addend?: (item: object) => CellValue;
}

/** A filter as text, for example "Status: ACTIVE". */
export interface ExportFilter {
  readonly label: string;
  readonly value: string;
}

/** A table of any length to write in one of the formats. */
export interface ExportTable {
  readonly title: string;
  /** Content and date, without extension: `loans-2025-10-29` */
  readonly fileName: string;
  readonly filters: readonly ExportFilter[];
  /** Time of the export on the service's clock */
  readonly madeAt: Date;
  readonly timeZone: string;
  readonly columns: readonly ExportColumn[];
  /** Whether the totals include the row */
  isCounted(item: object): boolean;
  /**
   * The items as in the API's list, in batches at the pace of the reader. Iterate only once. Returning early ends
   * the query.
   */
  items(): AsyncIterable<readonly object[]>;
  /** Number of items in the same snapshot. Only for formats that must know it in advance. */
  count(): Promise<number>;
}
