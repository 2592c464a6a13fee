import type { ArgumentMetadata, Type, ValidationError } from '@nestjs/common';
import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { FieldError } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { asSentence } from '../../../kernel/text/sentence.js';

/** At most this many errors are listed. The message contains the total. */
const LISTED_ERRORS = 20;

/** Input that is too deep or too long for the validator is a client error. */
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

/** Validates bodies, queries and paths against their DTO. Unknown fields are rejected, not dropped. */
export function validationPipe(): ValidationPipe {
  return new RequestValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: validationError,
  });
}

/** Validates fields that do not come from a request body, in the same way as the pipe. Throws VALIDATION_FAILED. */
export function checked<Dto extends object>(dto: Type<Dto>, fields: object): Dto {
  const instance = plainToInstance(dto, fields);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  if (errors.length > 0) throw validationError(errors);
  return instance;
}

function validationError(errors: readonly ValidationError[]): DomainError {
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
