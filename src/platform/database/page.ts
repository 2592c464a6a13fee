/** One page of a list, the same shape everywhere (api.md, "Shapes"). */
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

/** What is asked of a list, whatever the page. */
export type Unpaged<Query extends PageRequest> = Omit<Query, keyof PageRequest>;

/** A list's SQL in its three parts. The parameters are those of `from`, in their order. */
export interface PagedSql {
  readonly select: string;
  /** FROM and WHERE */
  readonly from: string;
  /** FROM and WHERE that give the same rows with fewer joins, for the total; `from` where it is left out */
  readonly counted?: string;
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
    `SELECT count(*)::int AS total ${sql.counted ?? sql.from}`,
    [...sql.parameters],
  );
  const limit = sql.parameters.length + 1;
  const items = await db.query<T[]>(
    `${sql.select} ${sql.from} ORDER BY ${sql.orderBy} LIMIT $${limit} OFFSET $${limit + 1}`,
    [...sql.parameters, page_size, (page - 1) * page_size],
  );
  return { items, total, page, page_size, total_pages: Math.ceil(total / page_size) };
}
