import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsOptional, Matches, MaxLength, ValidateBy, ValidateIf } from 'class-validator';
import { isVisibleText } from '../../../kernel/text/text-rules.js';
import { TextField } from '../../../platform/http/dto/fields.js';
import { TLC_LICENSE_NUMBER, normalizeTlcLicenseNumber } from '../identity/tlc-license-number.js';

interface Options {
  readonly optional?: boolean;
}

const PHONE = /^[+\d(][\d ().x/-]{2,29}$/;

const unlessOmitted = ({ optional = false }: Options): PropertyDecorator =>
  optional ? ValidateIf((_, value: unknown) => value !== undefined) : () => undefined;

const Normalize = (normalize: (text: string) => string): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' ? normalize(value) : (value as unknown)));

export function TlcLicenseNumberField(options: Options = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      pattern: '^[A-Za-z0-9-]{1,20}$',
      example: '5123456',
      required: !options.optional,
    }),
    Normalize(normalizeTlcLicenseNumber),
    unlessOmitted(options),
    Matches(TLC_LICENSE_NUMBER, { message: '$property must be 1 to 20 letters, digits or hyphens' }),
  );
}

/** The last name, or the only name, in any script. */
export function LastNameField(options: Options = {}): PropertyDecorator {
  return TextField({
    ...options,
    maxLength: 100,
    example: 'Singh',
    description: 'The last name, or the name of a driver with only one name',
  });
}

/** The first name, in any script; empty for a driver with only one name. */
export function FirstNameField(): PropertyDecorator {
  return TextField({
    optional: true,
    minLength: 0,
    maxLength: 100,
    example: 'Amar',
    description: 'Empty for a driver with only one name',
  });
}

/** null if the driver has no phone. */
export function PhoneField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, nullable: true, maxLength: 30, example: '+1 212 555 0142', required: false }),
    Normalize((phone) => phone.trim()),
    IsOptional(),
    Matches(PHONE, { message: '$property must be a telephone number such as "+1 212 555 0142"' }),
  );
}

/** null if the driver has no e-mail address. */
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
    Normalize((email) => email.trim()),
    IsOptional(),
    IsEmail({}, { message }),
    ValidateBy(
      { name: 'isVisible', validator: { validate: (email: unknown) => isVisibleText(String(email)) } },
      { message },
    ),
    MaxLength(254, { message }),
  );
}
