import { DomainError } from '../../kernel/errors/domain-error.js';
import type { ErrorCode } from '../../kernel/errors/domain-error.js';

/** A row's cells by the names of their columns; cells that are blank or missing are left out. */
export type Cells = Readonly<Record<string, string>>;

/** Why a row is not taken. */
export interface RowError {
  /** The line of the file on which the row begins, from 1 */
  readonly line: number;
  /** The column; null where the row as a whole is to blame */
  readonly field: string | null;
  /** What stands there, shortened; null where nothing does */
  readonly value: string | null;
  /** The rule that the row breaks, by the code that the API answers */
  readonly code: ErrorCode;
  /** One sentence for people */
  readonly reason: string;
}

interface Row {
  readonly line: number;
  readonly cells: Cells;
}

const LONGEST_VALUE = 100;

export function rowError(row: Row, code: ErrorCode, field: string | null, reason: string): RowError {
  const value = field === null ? null : (row.cells[field] ?? null);
  return { line: row.line, field, value: value && value.slice(0, LONGEST_VALUE), code, reason };
}

/**
 * What was refused of the row, as errors of it; throws again what is no refusal.
 * @param columnOf the column that is to blame for a rule of the business, by its code
 */
export function rowErrorsOf(
  row: Row,
  refusal: unknown,
  columnOf: Partial<Record<ErrorCode, string>> = {},
): RowError[] {
  if (!(refusal instanceof DomainError)) throw refusal;
  if (refusal.fields.length === 0) {
    return [rowError(row, refusal.code, columnOf[refusal.code] ?? null, refusal.message)];
  }
  return refusal.fields.map(({ field, message }) =>
    rowError(row, refusal.code, field, message.replace(/[.]?$/, '.')),
  );
}
