import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ReferenceField } from '../../../platform/http/dto/fields.js';

const SOURCE_TYPE = /^[A-Z][A-Z0-9_]{0,39}$/;

/** The type of the record that caused a posting. Each system that posts has its own types. */
export function SourceTypeField(options: {
  readonly description: string;
  readonly example: string;
}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ pattern: SOURCE_TYPE.source, ...options, maxLength: 40 }),
    Matches(SOURCE_TYPE, {
      message: '$property must contain only upper-case letters, digits and _, at most 40',
    }),
  );
}

/** The number of the record that caused a posting. */
export function SourceIdField(example: string): PropertyDecorator {
  return ReferenceField({ maxLength: 80, description: 'Unique within its type, unless voided', example });
}
