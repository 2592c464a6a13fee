import { changedFields } from '../../audit/changed-fields.js';

/** A field that a row of a file changes in an existing record. */
export interface RowChange {
  /** The line of the file on which the row begins, from 1 */
  readonly line: number;
  /** The key of the record in the file, for example its lease number */
  readonly record: string;
  /** The field of the record */
  readonly field: string;
  /** Null if the field was empty */
  readonly before: string | null;
  readonly after: string | null;
}

/** The result of a row that changes an existing record. */
export interface RowUpdate {
  readonly changes: readonly RowChange[];
}

/** Compares the record before and after the row. */
export function rowUpdate(line: number, record: string, before: object, after: object): RowUpdate {
  const { before: was = {}, after: is = {} } = changedFields(before, after);
  const changes = Object.entries(is).map(([field, value]) => ({
    line,
    record,
    field,
    before: textOf((was as Record<string, unknown>)[field]),
    after: textOf(value),
  }));
  return { changes };
}

/** An empty text shows as an empty field. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The change as one sentence, without the line. */
export function changeSentence({ record, field, before, after }: RowChange): string {
  return `${record}: ${field} ${before ?? '(empty)'} → ${after ?? '(empty)'}`;
}
