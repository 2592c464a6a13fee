import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Matches, ValidateIf } from 'class-validator';
import { normalizeText } from '../../../kernel/text/text-rules.js';
import { DateField, ReferenceField } from '../../../platform/http/dto/fields.js';

const CAB_NUMBER = /^(?=.{1,20}$)[A-Z0-9]+([ -][A-Z0-9]+)*$/;

const Normalize = (normalize: (text: string) => string): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' ? normalize(value) : (value as unknown)));

const unlessOmitted = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

export function LeaseNumberField(): PropertyDecorator {
  return ReferenceField({ maxLength: 50, example: 'L-2025-0042' });
}

/** A medallion number or a plate, normalized to upper case and single spaces. */
export function CabNumberField(options: {
  readonly example: string;
  readonly description?: string;
  readonly required?: boolean;
}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: 20, required: false, ...options }),
    Normalize((text) => normalizeText(text).toUpperCase()),
    options.required ? () => undefined : unlessOmitted(),
    Matches(CAB_NUMBER, {
      message: '$property must be 1 to 20 letters and digits, with single hyphens or spaces between them',
    }),
  );
}

/** The last day of a lease; null if it has no end date. */
export function EndDateField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ nullable: true, required: false }),
    IsOptional(),
    DateField({
      optional: true,
      example: '2026-10-31',
      description: 'The last day; null if the lease has no end date',
    }),
  );
}
