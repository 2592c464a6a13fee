import type { Type as Class } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsArray, ValidateNested } from 'class-validator';

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
