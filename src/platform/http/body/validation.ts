import type { ArgumentMetadata, Type, ValidationError } from '@nestjs/common';
import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { FieldError } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { asSentence } from '../../../kernel/text/sentence.js';

/** A request may have more faults; their number is in the sentence. */
const LISTED_ERRORS = 20;

/** What is too deep or too long for the checks themselves is a fault of the request. */
class RequestValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await (super.transform(value, metadata) as Promise<unknown>);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new DomainError('VALIDATION_FAILED', 'The request is too long or too deeply nested.');
    }
  }
}

/** Bodies, queries and paths are checked against their DTO; unknown fields are refused, never dropped. */
export function validationPipe(): ValidationPipe {
  return new RequestValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: refusalOf,
  });
}

/** What the pipe would make of the fields, for those that come otherwise than in a body. Throws VALIDATION_FAILED. */
export function checked<Dto extends object>(dto: Type<Dto>, fields: object): Dto {
  const instance = plainToInstance(dto, fields);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  if (errors.length > 0) throw refusalOf(errors);
  return instance;
}

function refusalOf(errors: readonly ValidationError[]): DomainError {
  const fields = errors.flatMap((error) => fieldErrors(error));
  const first = fields[0]?.message ?? 'the request is not valid';
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : '';
  const sentence = asSentence(`${first.replace(/\.$/, '')}${more}`);
  return new DomainError('VALIDATION_FAILED', sentence, fields.slice(0, LISTED_ERRORS));
}

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? `${field} is not a field of this request` : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}
