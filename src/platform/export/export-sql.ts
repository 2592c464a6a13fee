import type { PagedSql } from '../database/page.js';
import type { Statement } from '../database/row-streams.js';
import type { CountedRows, ListColumn } from './export-request.js';

/** What the rows of a table are selected from. */
export interface ExportSource {
  readonly sql: PagedSql;
  readonly columns: readonly ListColumn[];
  readonly counted?: CountedRows | undefined;
}

/** The items as in the list of the API. */
export function itemsOf({ sql: { select, from, orderBy, parameters } }: ExportSource): Statement {
  return { text: `${select} ${from} ORDER BY ${orderBy}`, parameters };
}

/** The cells of the columns, by field. */
export function cellsOf(source: ExportSource): Statement {
  const cells = source.columns.map((column) => `${cellOf(column)} AS "${column.field}"`);
  const { text, parameters } = itemsOf(source);
  return { text: `SELECT ${cells.join(', ')} FROM (${text}) AS item`, parameters };
}

/** One row: the number of rows, the number of those that count, and their sums by field. */
export function totalsOf({ sql, columns, counted }: ExportSource): Statement {
  const isCounted = counted?.when ?? 'true';
  const sums = columns
    .filter(({ isSummed }) => isSummed)
    .flatMap((column) => {
      const type = column.kind === 'money' ? 'numeric(40,2)' : 'numeric';
      const sum = `sum(${column.addend ?? cellOf(column)}) FILTER (WHERE ${isCounted})`;
      return [`'${column.field}'`, `coalesce(${sum}, 0)::${type}::text`];
    });
  return {
    text: `SELECT count(*)::integer AS rows, (count(*) FILTER (WHERE ${isCounted}))::integer AS counted,
                  json_build_object(${sums.join(', ')}) AS sums
           FROM (${sql.select} ${sql.from}) AS item`,
    parameters: sql.parameters,
  };
}

const cellOf = ({ field, sql = `item."${field}"` }: ListColumn): string => sql;
