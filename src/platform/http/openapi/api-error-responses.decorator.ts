import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '../../../kernel/errors/error-codes.js';
import { ERROR_CODES } from '../../../kernel/errors/error-codes.js';
import { STATUS_OF_KIND } from '../errors/problem.js';

const REFUSALS_OF_PARAMETERS = 'driver-loans:refusals-of-parameters';

/**
 * Says in the OpenAPI document which errors a route answers: one response a status, with its codes. Those that its
 * parameters bring along need not be named.
 */
export function ApiErrorResponses(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  const statusOf = (code: ErrorCode): number => STATUS_OF_KIND[ERROR_CODES[code]];
  return (controller, method, route) => {
    const all = [...codes, ...refusalsOfParameters(route.value as object)];
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

/** For the decorator of a parameter, which comes before those of its method: what it adds to the route's refusals. */
export function addErrorResponses(handler: object, ...codes: ErrorCode[]): void {
  Reflect.defineMetadata(REFUSALS_OF_PARAMETERS, [...refusalsOfParameters(handler), ...codes], handler);
}

function refusalsOfParameters(handler: object): ErrorCode[] {
  return (Reflect.getMetadata(REFUSALS_OF_PARAMETERS, handler) ?? []) as ErrorCode[];
}
