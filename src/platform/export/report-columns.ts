import type { PdfColumn } from '../pdf/pdf-table.js';
import { printedInstant, printedNumber } from '../pdf/printed.js';
import type { CellValue, ExportColumn } from './export-table.js';

/** The largest and smallest letters of a report, in points. */
const SIZES = [8.5, 8, 7.5, 7, 6.5, 6] as const;
const SMALLEST = 6;
/** Of a digit in the Latin face, as a part of the size; letters are about as wide. */
const CHARACTER_WIDTH = 0.572;
const PADDING = 6;
/** A text column as wide as this, in characters, holds sentences; narrower ones hold ids, names and states. */
const PROSE_CHARACTERS = 32;
const NARROWEST_PROSE = 14;

export interface ReportLayout {
  /** In points */
  readonly size: number;
  readonly columns: readonly PdfColumn[];
}

/**
 * Fits the columns to the width: in the largest letters in which they fit; if they fit in none, sentences give way
 * first, and then every column by the same part, its cells drawn together.
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

/** What stands in the cell on paper. */
export function printedCell(value: CellValue | undefined, { kind }: ExportColumn, timeZone: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return printedInstant(value, timeZone);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return kind === 'money' ? printedNumber(String(value)) : String(value);
}

function naturalWidths(columns: readonly ExportColumn[], size: number): number[] {
  return columns.map(({ width, heading }) => {
    const longestWord = Math.max(...heading.split(' ').map(({ length }) => length));
    return Math.max(width, longestWord + 1) * size * CHARACTER_WIDTH + PADDING;
  });
}

function withNarrowProse(
  columns: readonly ExportColumn[],
  natural: readonly number[],
  width: number,
): number[] {
  const least = NARROWEST_PROSE * SMALLEST * CHARACTER_WIDTH + PADDING;
  const prose = sum(natural.filter((_, index) => isProse(columns[index])));
  const excess = sum(natural) - width;
  return natural.map((own, index) =>
    isProse(columns[index]) ? Math.max(least, own - (excess * own) / prose) : own,
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
