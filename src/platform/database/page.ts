/** One page of a list, the same shape everywhere (docs/api-reference.md, "Lists"). */
export interface Page<T> {
  readonly items: T[];
  readonly total: number;
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

/** What is asked of a list, whatever the page. */
export type Unpaged<Query extends PageRequest> = Omit<Query, keyof PageRequest>;

/** A list's SQL in its three parts. The parameters are those of `from`, in their order. */
export interface PagedSql {
  readonly select: string;
  /** FROM and WHERE */
  readonly from: string;
  /**
   * FROM and WHERE that give the same rows with fewer joins, and the column that tells them apart: there the rows are counted
   * and those of a page found, however far behind, and only these are joined in full.
   */
  readonly keySource?: { readonly from: string; readonly key: string };
  /** Never from a request: a constant that a table of allowed sorts gives. */
  readonly orderBy: string;
  readonly parameters: readonly unknown[];
}

/** Anything that runs SQL: the data source for reads, a Tx within a transaction. */
export interface SqlRunner {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>;
}

export async function selectPage<T>(db: SqlRunner, sql: PagedSql, request: PageRequest): Promise<Page<T>> {
  const { page, page_size } = request;
  const [{ total }] = await db.query<[{ total: number }]>(
    `SELECT count(*)::int AS total ${countedFrom(sql)}`,
    [...sql.parameters],
  );
  const items = await db.query<T[]>(pageOf(sql), [...sql.parameters, page_size, (page - 1) * page_size]);
  return { items, total, page, page_size, total_pages: Math.ceil(total / page_size) };
}

/** The shortest FROM and WHERE whose rows are those of the list. */
export const countedFrom = ({ from, keySource: narrow }: PagedSql): string => narrow?.from ?? from;

function pageOf({ select, from, keySource: narrow, orderBy, parameters }: PagedSql): string {
  const order = `ORDER BY ${orderBy}`;
  const limits = `LIMIT $${parameters.length + 1} OFFSET $${parameters.length + 2}`;
  if (narrow === undefined) return `${select} ${from} ${order} ${limits}`;
  const { key } = narrow;
  return `${select} ${from} AND ${key} = ANY (ARRAY(SELECT ${key} ${narrow.from} ${order} ${limits})) ${order}`;
}
