import { dateAt } from '../../kernel/calendar/calendar-date.js';
import type { RowStream } from '../database/row-streams.js';
import type { ExportDefinition, ExportRequest } from './export-request.js';
import type { CellValue, ExportColumn, ExportFilter, ExportTable } from './export-table.js';

const SHORT_WORD = /^[\w-]{1,20}$/;

/** The table of an export request, over the stream of its rows. */
export function tableOf<Item extends object, Query extends object>(
  { definition, query }: ExportRequest<Item, Query>,
  stream: RowStream<Item>,
  madeAt: Date,
  timeZone: string,
): ExportTable {
  return {
    title: definition.title,
    fileName: [definition.name, ...wordsOf(definition, query), dateAt(madeAt, timeZone)].join('-'),
    filters: filtersOf(definition, query),
    madeAt,
    timeZone,
    columns: definition.columns.map((column) => ({
      ...column,
      of: (column.of ?? fieldOf(column.field)) as ExportColumn['of'],
      addend: column.addend as ExportColumn['addend'],
    })),
    counts: definition.counts ?? (() => true),
    items: () => stream.rows(),
    count: () => stream.count(),
  };
}

function fieldOf(field: string): ExportColumn['of'] {
  return (item) => (item as Readonly<Record<string, CellValue>>)[field] ?? null;
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
  const labeled = Object.entries<string>(filters)
    .filter(([field]) => values[field] !== undefined)
    .map(([field, label]) => ({ label, value: textOf(values[field]) }));
  if (values['sort_by'] === undefined) return labeled;
  const direction = values['sort_order'] === 'asc' ? 'ascending' : 'descending';
  return [...labeled, { label: 'Sorted by', value: `${textOf(values['sort_by'])}, ${direction}` }];
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : '';
}
