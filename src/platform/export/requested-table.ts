import { dateAt, isCalendarDate } from '../../kernel/calendar/calendar-date.js';
import { printedDate, printedInstant } from '../pdf/printed.js';
import type { RowStream } from '../database/row-streams.js';
import type { ExportDefinition, ExportRequest } from './export-request.js';
import type { CellValue, ExportColumn, ExportFilter, ExportTable } from './export-table.js';

const SHORT_WORD = /^[\w-]{1,20}$/;

/** What an export needs besides its request. */
interface ExportContext {
  readonly madeAt: Date;
  readonly timeZone: string;
  /** By the id of the user; empty if no column shows a user's name */
  readonly userNames: ReadonlyMap<number, string>;
}

/** The table of an export request, over the stream of its rows. */
export function tableOf<Item extends object, Query extends object>(
  { definition, query }: ExportRequest<Item, Query>,
  stream: RowStream<Item>,
  { madeAt, timeZone, userNames }: ExportContext,
): ExportTable {
  return {
    title: definition.title,
    fileName: [definition.name, ...wordsOf(definition, query), dateAt(madeAt, timeZone)].join('-'),
    filters: filtersOf(definition, query, timeZone),
    madeAt,
    timeZone,
    columns: definition.columns.map(({ nameOf, ...column }) => ({
      ...column,
      cellValue: (nameOf
        ? userNameOf(nameOf, userNames)
        : (column.cellValue ?? fieldOf(column.field))) as ExportColumn['cellValue'],
      addend: column.addend as ExportColumn['addend'],
    })),
    isCounted: definition.isCounted ?? (() => true),
    items: () => stream.rows(),
    count: () => stream.count(),
  };
}

function fieldOf(field: string): ExportColumn['cellValue'] {
  return (item) => (item as Readonly<Record<string, CellValue>>)[field] ?? null;
}

function userNameOf(field: string, names: ReadonlyMap<number, string>): ExportColumn['cellValue'] {
  return (item) => names.get((item as Readonly<Record<string, number>>)[field] ?? 0) ?? null;
}

function wordsOf<Item extends object, Query extends object>(
  { fileNameFilters = [] }: ExportDefinition<Item, Query>,
  query: Query,
): string[] {
  const words = fileNameFilters.map((field) => textOf(query[field]).toLowerCase().replaceAll('_', '-'));
  return words.filter((word) => SHORT_WORD.test(word));
}

/** The filters in words, with the labels of codes and dates as on paper. */
function filtersOf<Item extends object, Query extends object>(
  { filters, columns }: ExportDefinition<Item, Query>,
  query: Query,
  timeZone: string,
): ExportFilter[] {
  const values = query as Readonly<Record<string, unknown>>;
  const columnOf = (field: unknown) => columns.find((column) => column.field === field);
  const labeled = Object.entries<string>(filters)
    .filter(([field]) => values[field] !== undefined)
    .map(([field, label]) => ({
      label,
      value: filterText(values[field], columnOf(field)?.labels, timeZone),
    }));
  const sortBy = values['sort_by'];
  if (sortBy === undefined) return labeled;
  const direction = values['sort_order'] === 'asc' ? 'ascending' : 'descending';
  return [
    ...labeled,
    { label: 'Sorted by', value: `${columnOf(sortBy)?.heading ?? textOf(sortBy)}, ${direction}` },
  ];
}

function filterText(value: unknown, labels: ExportColumn['labels'], timeZone: string): string {
  if (value instanceof Date) return printedInstant(value, timeZone);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const text = textOf(value);
  if (isCalendarDate(text)) return printedDate(text);
  return labels?.[text] ?? text;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : '';
}
