import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min, registerDecorator, ValidateIf } from 'class-validator';
import { isCalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { parseInstant } from '../../../kernel/calendar/instant.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import {
  arePrintableLines,
  isPrintableText,
  isVisibleText,
  normalizeLines,
  normalizeText,
} from '../../../kernel/text/text-rules.js';

interface FieldOptions {
  readonly description?: string;
  readonly example?: string | number;
  readonly optional?: boolean;
}

const MAX_INTEGER = 2_147_483_647;
/** The same as the maximum page size, so that all ids of a page fit in one request. */
const MAX_IDS = 500;

/** Skips validation if an optional field is absent. An explicit null is not absent and is rejected. */
const required = (options: FieldOptions): PropertyDecorator =>
  options.optional ? ValidateIf((_, value: unknown) => value !== undefined) : () => undefined;

/** Creates a class-validator rule from a predicate. */
const Passes = (name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator =>
  function register(target: object, propertyName: string | symbol) {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message },
      validator: { validate },
    });
  };

const documented = (options: FieldOptions, schema: object): PropertyDecorator => {
  const described = {
    ...schema,
    ...(options.description ? { description: options.description } : {}),
    ...(options.example !== undefined ? { example: options.example } : {}),
  };
  return options.optional ? ApiPropertyOptional(described) : ApiProperty(described);
};

/** A decimal may be a string or a number. The outer type keeps the Money class out of the document. */
const decimal = (pattern: string): object => ({
  type: String,
  oneOf: [
    { type: 'string', format: 'decimal', pattern },
    { type: 'number', minimum: 0, description: 'with at most two decimals' },
  ],
});

/** An amount of dollars, sent as a string or a number with at most two decimals. The DTO contains Money. */
export function MoneyField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    documented(options, decimal('^\\d{1,10}(\\.\\d{1,2})?$')),
    Transform(({ value }) => Money.parse(value) ?? (value as unknown)),
    required(options),
    Passes(
      'isMoney',
      (value) => value instanceof Money,
      '$property must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas',
    ),
  );
}

/** An annual rate in percent. The DTO contains a Percentage. */
export function PercentageField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    documented(options, decimal('^\\d{1,3}(\\.\\d{1,2})?$')),
    Transform(({ value }) => Percentage.parse(value) ?? (value as unknown)),
    required(options),
    Passes(
      'isPercentage',
      (value) => value instanceof Percentage,
      '$property must be a percentage such as "10.00": digits, and at most two decimals after a point; no percent sign, no commas',
    ),
  );
}

/**
 * A calendar date, `YYYY-MM-DD`.
 * @param options.forms the accepted forms, for the error message, if other forms are converted first
 */
export function DateField({
  forms = 'YYYY-MM-DD',
  ...options
}: FieldOptions & { readonly forms?: string } = {}): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, format: 'date' }),
    required(options),
    Passes('isCalendarDate', isCalendarDate, `$property must be a valid date in the form ${forms}`),
  );
}

/** An instant with its offset. The DTO contains a Date. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    documented({ example: '2025-11-02T05:00:00-05:00', ...options }, { type: String, format: 'date-time' }),
    Transform(({ value }) => parseInstant(value) ?? (value as unknown)),
    required(options),
    Passes(
      'isInstant',
      (value) => value instanceof Date,
      '$property must be an instant with its offset, such as 2025-11-02T05:00:00-05:00',
    ),
  );
}

/** The integer id of a record in a body. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  const message = '$property must be a positive whole number';
  return applyDecorators(
    documented(options, { type: 'integer', minimum: 1, maximum: MAX_INTEGER }),
    required(options),
    IsInt({ message }),
    Min(1, { message }),
    Max(MAX_INTEGER, { message }),
  );
}

/** The integer id of a record in a query or path, where every value is text. */
export function IdQueryField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => wholeNumber(value)),
    IdField(options),
  );
}

/** Ids of records in a query, `ids=1,2` or `ids=1&ids=2`. */
export function IdsQueryField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    documented(
      { description: `Up to ${MAX_IDS}, repeated or with commas between them`, ...options },
      {
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: MAX_INTEGER },
        minItems: 1,
        maxItems: MAX_IDS,
      },
    ),
    Transform(({ value }) => [value as unknown].flat().flatMap(wholeNumbers)),
    required(options),
    Passes(
      'areIds',
      (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_IDS && value.every(isId),
      `$property must be 1 to ${MAX_IDS} positive whole numbers`,
    ),
  );
}

const isId = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= MAX_INTEGER;

const wholeNumbers = (value: unknown): unknown[] =>
  typeof value === 'string' ? value.split(',').map(wholeNumber) : [value];

interface TextOptions extends FieldOptions {
  /** Default: 1, because an empty text carries no information */
  readonly minLength?: number;
  readonly maxLength: number;
  /** Whether null is allowed, with the meaning "no value" */
  readonly nullable?: boolean;
  /** Whether line breaks and tabs are allowed */
  readonly multiline?: boolean;
}

const Normalized = (normalize: (text: string) => string): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' ? normalize(value) : (value as unknown)));

/** A normalized text without surrounding spaces (text-rules.ts). */
export function TextField(options: TextOptions): PropertyDecorator {
  const { minLength = 1, maxLength, nullable = false, multiline = false } = options;
  const isPrintable = multiline ? arePrintableLines : isPrintableText;
  return applyDecorators(
    documented(options, { type: String, minLength, maxLength, ...(nullable ? { nullable } : {}) }),
    Normalized(multiline ? normalizeLines : normalizeText),
    required(options),
    Passes(
      'isText',
      (value) =>
        (nullable && value === null) ||
        (typeof value === 'string' &&
          value.length >= minLength &&
          value.length <= maxLength &&
          isPrintable(value)),
      `$property must be a text of ${minLength} to ${maxLength} characters, without control or invisible characters`,
    ),
  );
}

/** An external number of a record, for example of a receipt. All characters are visible and normalized. */
export function ReferenceField(options: FieldOptions & { readonly maxLength: number }): PropertyDecorator {
  const { maxLength } = options;
  return applyDecorators(
    documented(options, { type: String, minLength: 1, maxLength }),
    Normalized((text) => text.trim().normalize('NFC')),
    required(options),
    Passes(
      'isReference',
      (value) =>
        typeof value === 'string' && value.length >= 1 && value.length <= maxLength && isVisibleText(value),
      `$property must be 1 to ${maxLength} visible characters, with plain spaces only`,
    ),
  );
}

/** The text of a search. An empty one is rejected, like an empty value of any other filter. */
export function SearchField(options: { readonly description: string }): PropertyDecorator {
  return TextField({ ...options, maxLength: 100, optional: true });
}

/** One of the codes of a list. A field with a default may be omitted. */
export function CodeField(
  codes: readonly string[],
  { default: fallback, ...options }: FieldOptions & { readonly default?: string } = {},
): PropertyDecorator {
  const optional = options.optional ?? fallback !== undefined;
  return applyDecorators(
    documented(
      { ...options, optional },
      { enum: codes, ...(fallback === undefined ? {} : { default: fallback }) },
    ),
    required({ optional }),
    IsIn(codes, { message: `$property must be one of ${codes.join(', ')}` }),
  );
}

/** Codes of a list in a query, `status=A,B` or `status=A&status=B`. */
export function CodesQueryField(
  codes: readonly string[],
  { default: fallback, ...options }: FieldOptions & { readonly default?: readonly string[] } = {},
): PropertyDecorator {
  const isListed = (value: unknown): boolean => codes.some((code) => code === value);
  const schema = { enum: codes, isArray: true, ...(fallback === undefined ? {} : { default: fallback }) };
  return applyDecorators(
    documented({ ...options, optional: options.optional ?? fallback !== undefined }, schema),
    Transform(({ value }) => [value as unknown].flat().flatMap(names)),
    required(options),
    Passes(
      'areCodes',
      (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.every(isListed) &&
        new Set(value).size === value.length,
      `$property must contain only ${codes.join(', ')}, each at most once`,
    ),
  );
}

const names = (value: unknown): unknown => (typeof value === 'string' ? value.split(',') : value);

/** A boolean in a body. */
export function FlagField(options: FieldOptions & { readonly default?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    documented(options, {
      type: Boolean,
      ...(options.default === undefined ? {} : { default: options.default }),
    }),
    required(options),
    Passes('isFlag', (value) => typeof value === 'boolean', '$property must be true or false'),
  );
}

/** The field `dry_run` of a write (docs/adr/0020-dry-runs.md). */
export function DryRunField(): PropertyDecorator {
  return FlagField({
    optional: true,
    default: false,
    description:
      'Return the result of the request without writing anything. Ids that do not exist yet are null',
  });
}

/** A boolean in a query, where every value is text. */
export function FlagQueryField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: Boolean }),
    IsOptional(),
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown))),
    Passes('isFlag', (value) => typeof value === 'boolean', '$property must be true or false'),
  );
}

/** Parses digits only: "1e3", "0x10", "" and " 7" are not whole numbers here. */
export function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number.parseInt(value, 10) : value;
}
