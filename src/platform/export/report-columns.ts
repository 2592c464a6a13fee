import type { PdfColumn } from '../pdf/pdf-table.js';
import { printedNumber } from '../../kernel/money/printed-amount.js';
import { printedDate, printedInstant } from '../pdf/printed.js';
import type { CellValue, ExportColumn } from './export-table.js';

/** Font sizes of a report in points, from the largest to the smallest. */
const SIZES = [8.5, 8, 7.5, 7, 6.5, 6] as const;
const SMALLEST = 6;
/** Width of a digit in the Latin typeface, relative to the font size. Letters have about the same width. */
const CHARACTER_WIDTH = 0.572;
const PADDING = 6;
/**
 * Text columns of at least this width, in characters, contain sentences. Narrower ones contain ids, names and
 * states.
 */
const PROSE_CHARACTERS = 32;
const NARROWEST_PROSE = 14;

export interface ReportLayout {
  /** In points */
  readonly size: number;
  readonly columns: readonly PdfColumn[];
}

/**
 * Fits the columns into the width with the largest possible font size. If even the smallest is too large, columns
 * with sentences shrink first, then all columns in proportion, with condensed text.
 */
export function reportLayout(columns: readonly ExportColumn[], width: number): ReportLayout {
  const size = SIZES.find((candidate) => sum(naturalWidths(columns, candidate)) <= width) ?? SMALLEST;
  const natural = naturalWidths(columns, size);
  const widths = sum(natural) <= width ? natural : withNarrowProse(columns, natural, width);
  const scale = width / sum(widths);
  return {
    size,
    columns: columns.map((column, index) => ({
      heading: column.heading,
      width: (widths[index] ?? 0) * scale,
      align: isNumber(column) ? 'right' : 'left',
      isProse: isProse(column),
    })),
  };
}

/** The text of a cell on paper. */
export function printedCell(
  value: CellValue,
  { kind, labels }: Pick<ExportColumn, 'kind' | 'labels'>,
  timeZone: string,
): string {
  if (value === null) return '';
  if (value instanceof Date) return printedInstant(value, timeZone);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const text = String(value);
  if (kind === 'money') return printedNumber(text);
  return kind === 'date' ? printedDate(text) : (labels?.[text] ?? text);
}

function naturalWidths(columns: readonly ExportColumn[], size: number): number[] {
  return columns.map(({ width, heading, labels = {} }) => {
    const words = [...heading.split(' '), ...Object.values(labels)];
    const longest = Math.max(...words.map(({ length }) => length));
    return Math.max(width, longest + 1) * size * CHARACTER_WIDTH + PADDING;
  });
}

function withNarrowProse(
  columns: readonly ExportColumn[],
  natural: readonly number[],
  width: number,
): number[] {
  const minimum = NARROWEST_PROSE * SMALLEST * CHARACTER_WIDTH + PADDING;
  const prose = sum(natural.filter((_, index) => isProse(columns[index])));
  const excess = sum(natural) - width;
  return natural.map((own, index) =>
    isProse(columns[index]) ? Math.max(minimum, own - (excess * own) / prose) : own,
  );
}

function isNumber({ kind }: ExportColumn): boolean {
  return kind === 'money' || kind === 'integer' || kind === 'percentage';
}

function isProse(column: ExportColumn | undefined): boolean {
  return column?.kind === 'text' && column.width >= PROSE_CHARACTERS;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
