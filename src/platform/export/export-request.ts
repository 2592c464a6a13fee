import type { PagedSql } from '../database/page.js';
import type { CellValue, ExportColumn } from './export-table.js';

/** A column of a list of items. */
export interface ListColumn<Item extends object> extends Omit<ExportColumn, 'cellValue' | 'addend'> {
  /** The value of the cell. Default: the field of the item with the name of the column. */
  readonly cellValue?: (item: Item) => CellValue;
  /** The field with the id of a user: the cell contains the user's name. */
  readonly nameOf?: keyof Item & string;
  /** The amount that a counted row adds to the total. Default: the value of the cell. */
  readonly addend?: (item: Item) => CellValue;
}

/** Defines how a list of the API becomes a table: its columns, and labels for its filters. */
export interface ExportDefinition<Item extends object, Query extends object> {
  readonly title: string;
  /** Prefix of the file name */
  readonly name: string;
  readonly columns: readonly ListColumn<Item>[];
  /** Whether the totals include the row. Default: every row. Excluded rows are still listed. */
  readonly isCounted?: (item: Item) => boolean;
  /** Label of each filter. The compiler rejects a missing one. */
  readonly filters: Readonly<Record<FilterOf<Query>, string>>;
  /** Filters whose values appear in the file name if they are short */
  readonly fileNameFilters?: readonly FilterOf<Query>[];
}

type FilterOf<Query> = Exclude<keyof Query & string, 'sort_by' | 'sort_order'>;

/** A requested export. */
export interface ExportRequest<Item extends object, Query extends object> {
  readonly definition: ExportDefinition<Item, Query>;
  readonly query: Query;
  /** The SQL of the list */
  readonly sql: PagedSql;
}

/** The columns of a field with the id of a user: the id and the name. Paper has no room for them. */
export function userColumns<Item extends object>(
  field: keyof Item & string,
  heading: string,
): readonly ListColumn<Item>[] {
  return [
    { field, heading: `${heading} id`, kind: 'integer', width: 11, excludeFromPdf: true },
    {
      field: `${field}_name`,
      heading,
      kind: 'text',
      width: 26,
      excludeFromPdf: true,
      nameOf: field,
    },
  ];
}
