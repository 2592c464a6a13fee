import type { PagedSql } from '../database/page.js';
import type { ExportColumn, ExportRow } from './export-table.js';

/** How a list of the API becomes a table: what stands in its columns, and what people call its filters. */
export interface ExportDefinition<Item extends object, Query extends object> {
  readonly title: string;
  /** What the file's name begins with */
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  /** What each filter is called; the compiler sees that none is left out */
  readonly filters: Readonly<Record<FilterOf<Query>, string>>;
  /** Filters whose values the file's name tells, where they are short */
  readonly namedBy?: readonly FilterOf<Query>[];
  /** An item of the list as a row; left out where the items are rows already */
  readonly rowOf?: (item: Item) => ExportRow;
}

type FilterOf<Query> = Exclude<keyof Query & string, 'sort_by' | 'sort_order'>;

/** One file that somebody asked for. */
export interface ExportOrder<Item extends object, Query extends object> {
  readonly definition: ExportDefinition<Item, Query>;
  readonly query: Query;
  /** The list's own SQL */
  readonly sql: PagedSql;
}
