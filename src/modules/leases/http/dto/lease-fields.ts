import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Length, Matches, ValidateIf } from 'class-validator';
import { DateField } from '../../../../platform/http/dto/fields.js';

/** PostgreSQL cannot store a zero character, and no number holds a control character. */
const PRINTABLE = /^\P{Cc}*$/u;
const CAB_NUMBER = /^(?=.{1,20}$)[A-Z0-9]+([ -][A-Z0-9]+)*$/;

const Tidied = (tidy: (text: string) => string | undefined): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' ? tidy(value) : (value as unknown)));

const unlessLeftOut = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

export function LeaseNumberField(): PropertyDecorator {
  const message = '$property must be 1 to 50 characters, none of them a control character';
  return applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: 50, example: 'L-2025-0042' }),
    Tidied((text) => text.trim().normalize('NFC')),
    Length(1, 50, { message }),
    Matches(PRINTABLE, { message }),
  );
}

/** A medallion number or a plate, in upper case; one spelling for one cab, however it was typed. */
export function CabNumberField(options: {
  readonly example: string;
  readonly description?: string;
  readonly required?: boolean;
}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: 20, required: false, ...options }),
    Tidied((text) => text.trim().replaceAll(/\s+/g, ' ').toUpperCase()),
    options.required ? () => undefined : unlessLeftOut(),
    Matches(CAB_NUMBER, {
      message: '$property must be 1 to 20 letters and digits, with single hyphens or spaces between them',
    }),
  );
}

/** The last day of a lease; null says that it runs until further notice. */
export function EndDateField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ nullable: true, required: false }),
    IsOptional(),
    DateField({ optional: true, example: '2026-10-31', description: 'null: until further notice' }),
  );
}

/** What a search box sends; an empty one counts as left out. */
export function SearchField(description: string): PropertyDecorator {
  const message = '$property must be at most 50 characters, none of them a control character';
  return applyDecorators(
    ApiProperty({ type: String, maxLength: 50, description, required: false }),
    Tidied((text) => text.trim().normalize('NFC') || undefined),
    unlessLeftOut(),
    Length(1, 50, { message }),
    Matches(PRINTABLE, { message }),
  );
}
