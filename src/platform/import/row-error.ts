import { DomainError } from '../../kernel/errors/domain-error.js';
import type { ErrorCode } from '../../kernel/errors/domain-error.js';

/** The cells of a row by column name. Blank and missing cells are omitted. */
export type Cells = Readonly<Record<string, string>>;

/** Why a row is rejected. */
export interface RowError {
  /** The line of the file on which the row begins, from 1 */
  readonly line: number;
  /** The column, or null if the error concerns the whole row */
  readonly field: string | null;
  /** The value of the cell, shortened. Null if it is empty. */
  readonly value: string | null;
  /** The error code that the API returns for the broken rule */
  readonly code: ErrorCode;
  /** One sentence for people */
  readonly reason: string;
}

/** The error as one sentence that names the cell, without the line. */
export function sentenceOf({ field, value, reason }: Pick<RowError, 'field' | 'value' | 'reason'>): string {
  if (field === null) return reason;
  const cell = value === null ? field : `${field} ${JSON.stringify(value)}`;
  // most reasons begin with the field, which the cell has already named
  return `${cell}: ${reason.startsWith(`${field} `) ? reason.slice(field.length + 1) : reason}`;
}

interface Row {
  readonly line: number;
  readonly cells: Cells;
}

const MAX_VALUE_LENGTH = 100;

export function rowError(row: Row, code: ErrorCode, field: string | null, reason: string): RowError {
  const value = field === null ? null : (row.cells[field] ?? null);
  return { line: row.line, field, value: value && value.slice(0, MAX_VALUE_LENGTH), code, reason };
}

/**
 * Converts a DomainError to errors of the row. Rethrows any other error.
 * @param columnOf the column for the code of a business rule
 */
export function rowErrorsOf(
  row: Row,
  error: unknown,
  columnOf: Partial<Record<ErrorCode, string>> = {},
): RowError[] {
  if (!(error instanceof DomainError)) throw error;
  if (error.fields.length === 0) {
    return [rowError(row, error.code, columnOf[error.code] ?? null, error.message)];
  }
  return error.fields.map(({ field, message }) =>
    rowError(row, error.code, field, message.replace(/[.]?$/, '.')),
  );
}
