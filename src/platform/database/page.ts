/** A page of a list, with the same shape for every list (docs/api-reference.md, "Lists"). */
export interface Page<T> {
  readonly items: T[];
  readonly total: number;
  /** Whether there are more than `total` items: counting all of a long list would take longer than reading a page */
  readonly total_is_lower_bound: boolean;
  readonly page: number;
  readonly page_size: number;
  readonly total_pages: number;
}

export interface PageRequest {
  readonly page: number;
  readonly page_size: number;
}

/** A page of a sorted list. */
export interface ListRequest extends PageRequest {
  readonly sort_order: 'asc' | 'desc';
}

/** The filters and sort order of a list, without the page. */
export type Unpaged<Query extends PageRequest> = Omit<Query, keyof PageRequest>;

/** The SQL of a list in three parts. The parameters are those of `from`, in order. */
export interface PagedSql {
  readonly select: string;
  /** FROM and WHERE */
  readonly from: string;
  /**
   * FROM and WHERE that return the same rows with fewer joins, and the key column of the rows. The rows are counted
   * and the page is located with these, so that only the rows of the page need the full joins.
   */
  readonly keySource?: { readonly from: string; readonly key: string };
  /** Never text from a request: a constant from a table of allowed sort orders. */
  readonly orderBy: string;
  readonly parameters: readonly unknown[];
}

/** Runs SQL: the data source for reads, or a Tx inside a transaction. */
export interface SqlRunner {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>;
}

/** A list is counted up to this number of rows. */
const COUNT_LIMIT = 50_000;

export async function selectPage<T>(db: SqlRunner, sql: PagedSql, request: PageRequest): Promise<Page<T>> {
  const { page, page_size } = request;
  const offset = (page - 1) * page_size;
  const [[{ counted }], items] = await Promise.all([
    db.query<[{ counted: number }]>(
      `SELECT count(*)::int AS counted FROM (SELECT 1 ${countedFrom(sql)} LIMIT ${COUNT_LIMIT + 1}) AS matching`,
      [...sql.parameters],
    ),
    db.query<T[]>(pageOf(sql), [...sql.parameters, page_size, offset]),
  ]);
  const isEnd = items.length > 0 && items.length < page_size;
  const seen = items.length > 0 ? offset + items.length : 0;
  const total = counted <= COUNT_LIMIT ? counted : Math.max(COUNT_LIMIT, seen);
  return {
    items,
    total,
    total_is_lower_bound: counted > COUNT_LIMIT && !isEnd,
    page,
    page_size,
    total_pages: Math.ceil(total / page_size),
  };
}

/** The cheapest FROM and WHERE that return the rows of the list. */
const countedFrom = ({ from, keySource }: PagedSql): string => keySource?.from ?? from;

function pageOf({ select, from, keySource, orderBy, parameters }: PagedSql): string {
  const order = `ORDER BY ${orderBy}`;
  const limits = `LIMIT $${parameters.length + 1} OFFSET $${parameters.length + 2}`;
  if (keySource === undefined) return `${select} ${from} ${order} ${limits}`;
  const { key } = keySource;
  return `${select} ${from} AND ${key} = ANY (ARRAY(SELECT ${key} ${keySource.from} ${order} ${limits})) ${order}`;
}
