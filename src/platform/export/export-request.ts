import type { PagedSql } from '../database/page.js';
import type { ExportColumn } from './export-table.js';

/** A column of a list. Its SQL reads the row `item` of the list. */
export interface ListColumn extends ExportColumn {
  /** The cell. Default: the column of the list with the name of the field. */
  readonly sql?: string;
  /** The amount that a counted row adds to the total. Default: the cell. */
  readonly addend?: string;
}

export interface CountedRows {
  /** A condition on the row `item` of the list */
  readonly when: string;
  /** What the other rows are, for the label of the totals: "voided balances" */
  readonly without: string;
}

/** Defines how a list of the API becomes a table: its columns, and labels for its filters. */
export interface ExportDefinition<Query extends object> {
  readonly title: string;
  /** Prefix of the file name */
  readonly name: string;
  readonly columns: readonly ListColumn[];
  /** Which rows the totals include. Default: every row. The others are still listed. */
  readonly counted?: CountedRows;
  /** Label of each filter. The compiler rejects a missing one. */
  readonly filters: Readonly<Record<FilterOf<Query>, string>>;
  /** Filters whose values appear in the file name if they are short */
  readonly fileNameFilters?: readonly FilterOf<Query>[];
}

type FilterOf<Query> = Exclude<keyof Query & string, 'sort_by' | 'sort_order'>;

/** A requested export. */
export interface ExportRequest<Query extends object> {
  readonly definition: ExportDefinition<Query>;
  readonly query: Query;
  /** The SQL of the list */
  readonly sql: PagedSql;
}

/** The columns of a field with the id of a user: the id and the name. Paper has no room for them. */
export function userColumns(field: string, heading: string): readonly ListColumn[] {
  return [
    { field, heading: `${heading} id`, kind: 'integer', width: 11, excludeFromPdf: true },
    {
      field: `${field}_name`,
      heading,
      kind: 'text',
      width: 26,
      excludeFromPdf: true,
      sql: `(SELECT name FROM users WHERE id = item.${field})`,
    },
  ];
}
