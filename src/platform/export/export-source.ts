import { dateAt } from '../../kernel/calendar/calendar-date.js';
import type { RowStream } from '../database/row-streams.js';
import type { ExportDefinition, ExportOrder } from './export-order.js';
import type { ExportFilter, ExportRow, ExportTable } from './export-table.js';

interface ExportBatch {
  /** As the API's list has them */
  readonly items: readonly object[];
  readonly rows: readonly ExportRow[];
}

/** A table that also has the items of which its rows were made. Whoever reads it takes the batches or the rows, once. */
export interface ExportSource extends ExportTable {
  batches(): AsyncIterable<ExportBatch>;
}

const SHORT_WORD = /^[\w-]{1,20}$/;

/** The table of an order, over the stream of its rows. */
export function sourceOf<Item extends object, Query extends object>(
  { definition, query }: ExportOrder<Item, Query>,
  stream: RowStream<Item>,
  madeAt: Date,
  timeZone: string,
): ExportSource {
  const { title, columns, rowOf } = definition;
  async function* batches(): AsyncGenerator<ExportBatch> {
    for await (const items of stream.rows()) {
      yield { items, rows: rowOf ? items.map(rowOf) : (items as readonly ExportRow[]) };
    }
  }
  return {
    title,
    fileName: [definition.name, ...wordsOf(definition, query), dateAt(madeAt, timeZone)].join('-'),
    filters: filtersOf(definition, query),
    madeAt,
    timeZone,
    columns,
    batches,
    async *rows() {
      for await (const { rows } of batches()) yield rows;
    },
    countRows: () => stream.count(),
  };
}

function wordsOf<Item extends object, Query extends object>(
  { namedBy = [] }: ExportDefinition<Item, Query>,
  query: Query,
): string[] {
  const words = namedBy.map((field) => textOf(query[field]).toLowerCase().replaceAll('_', '-'));
  return words.filter((word) => SHORT_WORD.test(word));
}

function filtersOf<Item extends object, Query extends object>(
  { filters }: ExportDefinition<Item, Query>,
  query: Query,
): ExportFilter[] {
  const values = query as Readonly<Record<string, unknown>>;
  const asked = Object.entries<string>(filters)
    .filter(([field]) => values[field] !== undefined)
    .map(([field, label]) => ({ label, value: textOf(values[field]) }));
  if (values['sort_by'] === undefined) return asked;
  const direction = values['sort_order'] === 'asc' ? 'ascending' : 'descending';
  return [...asked, { label: 'Sorted by', value: `${textOf(values['sort_by'])}, ${direction}` }];
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return value instanceof Date ? value.toISOString() : String(value as string | number | boolean);
}
