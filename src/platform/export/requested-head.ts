import { dateAt, isCalendarDate } from '../../kernel/calendar/calendar-date.js';
import { Money } from '../../kernel/money/money.js';
import { Percentage } from '../../kernel/money/percentage.js';
import { printedDate, printedInstant } from '../pdf/printed.js';
import type { ExportDefinition, ExportRequest } from './export-request.js';
import type { ExportColumn, ExportFilter, ExportHead } from './export-table.js';

const SHORT_WORD = /^[\w-]{1,20}$/;

/** What the table of an export request says besides its rows. */
export function headOf<Query extends object>(
  { definition, query }: ExportRequest<Query>,
  madeAt: Date,
  timeZone: string,
): ExportHead {
  const { title, name, columns } = definition;
  return {
    title,
    fileName: [name, ...wordsOf(definition, query), dateAt(madeAt, timeZone)].reduce(fileNameWith),
    filters: filtersOf(definition, query, timeZone),
    madeAt,
    timeZone,
    columns,
  };
}

/** Adds the next word. Two dates in a row are a period, or the filter and the day of the file: a word says which. */
function fileNameWith(name: string, word: string, index: number, words: readonly string[]): string {
  const isSecondDate = isCalendarDate(word) && isCalendarDate(words[index - 1]);
  if (!isSecondDate) return `${name}-${word}`;
  return `${name}-${index === words.length - 1 ? 'made' : 'to'}-${word}`;
}

function wordsOf<Query extends object>(
  { fileNameFilters = [] }: ExportDefinition<Query>,
  query: Query,
): string[] {
  const words = fileNameFilters.map((field) => textOf(query[field]).toLowerCase().replaceAll('_', '-'));
  return words.filter((word) => SHORT_WORD.test(word));
}

/** The filters in words, with the labels of codes and dates as on paper. */
function filtersOf<Query extends object>(
  { filters, columns }: ExportDefinition<Query>,
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
  if (Array.isArray(value)) return value.map((item) => filterText(item, labels, timeZone)).join(', ');
  const text = textOf(value);
  if (isCalendarDate(text)) return printedDate(text);
  return labels?.[text] ?? text;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Money || value instanceof Percentage) return value.toString();
  if (Array.isArray(value)) return value.map(textOf).join('-');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : '';
}
