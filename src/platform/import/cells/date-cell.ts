import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { DateField } from '../../http/dto/fields.js';

/** The accepted date forms, for error messages */
export const DATE_FORMS = 'YYYY-MM-DD, or MM/DD/YYYY in a file without semicolons';

const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?$/;

/**
 * Converts a date cell to YYYY-MM-DD. Excel saves dates as 11/2/2025, and the API of the city returns timestamps at
 * midnight. Any other text is unchanged, so that the field rule rejects it.
 */
export function dateCell<Text extends string | undefined>(cell: Text): Text | string {
  const text = cell?.trim();
  if (text === undefined) return cell;
  const american = AMERICAN.exec(text);
  if (american) {
    const [, month = '', day = '', year = ''] = american;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  return MIDNIGHT.exec(text)?.[1] ?? text;
}

/** A date in a column of a file. */
export function DateCellField(options: { readonly optional?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => dateCell(value as string | undefined)),
    DateField({ ...options, forms: DATE_FORMS }),
  );
}
