import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsOptional, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import { TLC_LICENSE_NUMBER, tidyTlcLicenseNumber } from '../../domain/tlc-license-number.js';

interface Options {
  readonly optional?: boolean;
}

/** PostgreSQL cannot store a zero character, and nobody's name holds a control character. */
const PRINTABLE = /^\P{Cc}*$/u;
const PHONE = /^[+\d][\d ().x/-]{2,29}$/;

const unlessLeftOut = ({ optional = false }: Options): PropertyDecorator =>
  optional ? ValidateIf((_, value: unknown) => value !== undefined) : () => undefined;

const Tidied = (tidy: (text: string) => string): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' ? tidy(value) : (value as unknown)));

export function TlcLicenseNumberField(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      pattern: '^[A-Za-z0-9-]{1,20}$',
      example: '5123456',
      required: !options.optional,
    }),
    Tidied(tidyTlcLicenseNumber),
    unlessLeftOut(options),
    Matches(TLC_LICENSE_NUMBER, { message: '$property must be 1 to 20 letters, digits or hyphens' }),
  );
}

/** A first or last name, in any script. */
export function PersonNameField(options: Options & { example: string }): PropertyDecorator {
  const message = '$property must be 1 to 100 characters, none of them a control character';
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength: 1,
      maxLength: 100,
      example: options.example,
      required: !options.optional,
    }),
    Tidied((name) => name.trim().normalize('NFC')),
    unlessLeftOut(options),
    Length(1, 100, { message }),
    Matches(PRINTABLE, { message }),
  );
}

/** null says that there is none. */
export function PhoneField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, nullable: true, maxLength: 30, example: '+1 212 555 0142', required: false }),
    Tidied((phone) => phone.trim()),
    IsOptional(),
    Matches(PHONE, { message: '$property must be a telephone number such as "+1 212 555 0142"' }),
  );
}

/** null says that there is none. */
export function EmailField(): PropertyDecorator {
  const message = '$property must be an e-mail address';
  return applyDecorators(
    ApiProperty({
      type: String,
      nullable: true,
      format: 'email',
      maxLength: 254,
      example: 'amar.singh@example.com',
      required: false,
    }),
    Tidied((email) => email.trim()),
    IsOptional(),
    IsEmail({}, { message }),
    MaxLength(254, { message }),
  );
}

/** What a search box sends; an empty one counts as left out. */
export function SearchField(description: string): PropertyDecorator {
  const message = '$property must be at most 100 characters, none of them a control character';
  return applyDecorators(
    ApiProperty({ type: String, maxLength: 100, description, required: false }),
    Transform(({ value }) =>
      typeof value === 'string' ? value.trim().normalize('NFC') || undefined : (value as unknown),
    ),
    unlessLeftOut({ optional: true }),
    Length(1, 100, { message }),
    Matches(PRINTABLE, { message }),
  );
}
