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
    Tidied(normalizeTlcLicenseNumber),
    unlessLeftOut(options),
    Matches(TLC_LICENSE_NUMBER, { message: '$property must be 1 to 20 letters, digits or hyphens' }),
  );
}

/** A last name, or the only name, in any script. */
export function LastNameField(options: Options = {}): PropertyDecorator {
  return TextField({
    ...options,
    maxLength: 100,
    example: 'Singh',
    description: 'The only name of a driver who has just one',
  });
}

/** A first name, in any script; empty where there is none. */
export function FirstNameField(): PropertyDecorator {
  return TextField({
    optional: true,
    minLength: 0,
    maxLength: 100,
    example: 'Amar',
    description: 'Empty where the driver has one name only',
  });
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
    ValidateBy(
      { name: 'isVisible', validator: { validate: (email: unknown) => isVisibleText(String(email)) } },
      { message },
    ),
    MaxLength(254, { message }),
  );
}
