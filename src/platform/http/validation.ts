import type { ValidationError } from '@nestjs/common';
import { ValidationPipe } from '@nestjs/common';
import type { FieldError } from '../../kernel/errors/domain-error.js';
import { DomainError } from '../../kernel/errors/domain-error.js';

/** Bodies, queries and paths are checked against their DTO; unknown fields are refused, never dropped. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => fieldErrors(error));
      const first = fields[0]?.message ?? 'the request is not valid';
      const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : '';
      return new DomainError('VALIDATION_FAILED', `${sentence(first)}${more}.`, fields);
    },
  });
}

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? `${field} is not a field of this request` : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, '');
}
