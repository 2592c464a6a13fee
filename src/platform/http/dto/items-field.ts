import type { Type as Class } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsString,
  Length,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

interface ItemsOptions {
  readonly maxItems: number;
  /** Error message if the value is not such a list */
  readonly message: string;
}

/** A value that class-validator rejects in place of an object. It would accept a list or null. */
const NOT_AN_OBJECT = false;

/** A list of 1 to `maxItems` objects of a class. The items of a longer list are not validated. */
export function ItemsField(item: Class<object>, { maxItems, message }: ItemsOptions): PropertyDecorator {
  const items = (value: unknown): unknown[] | null =>
    Array.isArray(value) && value.length >= 1 && value.length <= maxItems
      ? value.map((one: unknown) => (one instanceof item ? one : NOT_AN_OBJECT))
      : null;
  return applyDecorators(
    ApiProperty({ type: [item], minItems: 1, maxItems }),
    Type(() => item),
    Transform(({ value }) => items(value)),
    IsArray({ message }),
    ValidateNested({ each: true, message }),
  );
}

interface TextsOptions {
  readonly maxItems: number;
  /** Of each text */
  readonly maxLength: number;
  readonly description: string;
  readonly example: readonly string[];
}

/** An optional list of 1 to `maxItems` different texts, such as ids. */
export function TextsField({ maxItems, maxLength, ...described }: TextsOptions): PropertyDecorator {
  const message = `$property must be a list of 1 to ${maxItems.toLocaleString('en')} different texts of 1 to ${maxLength} characters`;
  return applyDecorators(
    ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength },
      minItems: 1,
      maxItems,
      uniqueItems: true,
      ...described,
    }),
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray({ message }),
    ArrayMinSize(1, { message }),
    ArrayMaxSize(maxItems, { message }),
    ArrayUnique({ message }),
    IsString({ each: true, message }),
    Length(1, maxLength, { each: true, message }),
  );
}
