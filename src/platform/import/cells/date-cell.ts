import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { DateField } from '../../http/dto/fields.js';

/** How a date may be written in a file, for refusals */
export const DATE_FORMS = 'YYYY-MM-DD, or MM/DD/YYYY in a file without semicolons';

const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?$/;

/**
 * A date cell as YYYY-MM-DD: Excel makes 11/2/2025 of every date that it saves, and the city's interface writes midnights.
 * Any other text comes back as it is, for the rule of the field to refuse.
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
