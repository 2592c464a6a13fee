import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '../../kernel/errors/error-codes.js';
import { ERROR_CODES } from '../../kernel/errors/error-codes.js';
import { STATUS_OF_KIND } from './problem.js';

const REFUSALS = 'driver-loans:refusals';

const statusOf = (code: ErrorCode): number => STATUS_OF_KIND[ERROR_CODES[code]];

/**
 * Says in the OpenAPI document which errors a route answers: one response a status, with its codes. They add to those
 * that other decorators of the route, such as IdempotencyKey, have named.
 */
export function Refuses(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  return (controller, method, route) => {
    const handler = route.value as object;
    const named = (Reflect.getMetadata(REFUSALS, handler) ?? []) as ErrorCode[];
    const all = [...new Set([...codes, ...named])];
    Reflect.defineMetadata(REFUSALS, all, handler);
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
