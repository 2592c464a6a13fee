import type { PagedSql } from '../database/page.js';
import type { CellValue, ExportColumn } from './export-table.js';

/** A column over the items of a list. */
interface ListColumn<Item extends object> extends Omit<ExportColumn, 'of' | 'addend'> {
  /** What stands in it; left out where that is the item's field of the column's name */
  readonly of?: (item: Item) => CellValue;
  /** What a counted row adds to the total; left out where that is the cell's own value */
  readonly addend?: (item: Item) => CellValue;
}

/** How a list of the API becomes a table: what stands in its columns, and what people call its filters. */
export interface ExportDefinition<Item extends object, Query extends object> {
  readonly title: string;
  /** What the file's name begins with */
  readonly name: string;
  readonly columns: readonly ListColumn<Item>[];
  /** Whether the totals count the row; left out where they count every row. A row that is not counted is still listed. */
  readonly counts?: (item: Item) => boolean;
  /** What each filter is called; the compiler sees that none is left out */
  readonly filters: Readonly<Record<FilterOf<Query>, string>>;
  /** Filters whose values the file's name tells, where they are short */
  readonly namedBy?: readonly FilterOf<Query>[];
}

type FilterOf<Query> = Exclude<keyof Query & string, 'sort_by' | 'sort_order'>;

/** One file that somebody asked for. */
export interface ExportOrder<Item extends object, Query extends object> {
  readonly definition: ExportDefinition<Item, Query>;
  readonly query: Query;
  /** The list's own SQL */
  readonly sql: PagedSql;
}
