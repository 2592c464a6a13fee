import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '../../../kernel/errors/error-codes.js';
import { ERROR_CODES } from '../../../kernel/errors/error-codes.js';
import { STATUS_OF_KIND } from '../errors/problem.js';

const PARAMETER_ERRORS = 'driver-loans:parameter-errors';

/**
 * Documents the error codes of a route in the OpenAPI document: one response per status. The codes of its parameter
 * decorators are added automatically.
 */
export function ApiErrorResponses(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  const statusOf = (code: ErrorCode): number => STATUS_OF_KIND[ERROR_CODES[code]];
  return (controller, method, route) => {
    const all = [...codes, ...parameterErrors(route.value as object)];
    applyDecorators(
      ...[...new Set(all.map(statusOf))].map((status) =>
        ApiResponse({
          status,
          description: all.filter((code) => statusOf(code) === status).join(', '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        }),
      ),
    )(controller, method, route);
  };
}

/** For parameter decorators, which run before method decorators: adds error codes to the route. */
export function addErrorResponses(handler: object, ...codes: ErrorCode[]): void {
  Reflect.defineMetadata(PARAMETER_ERRORS, [...parameterErrors(handler), ...codes], handler);
}

function parameterErrors(handler: object): ErrorCode[] {
  return (Reflect.getMetadata(PARAMETER_ERRORS, handler) ?? []) as ErrorCode[];
}
