import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '../../kernel/errors/error-codes.js';
import { ERROR_CODES } from '../../kernel/errors/error-codes.js';
import { STATUS_OF_KIND } from './problem.js';

/** Says in the OpenAPI document which errors a route answers: one response a status, with its codes. */
export function Refuses(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  const statusOf = (code: ErrorCode): number => STATUS_OF_KIND[ERROR_CODES[code]];
  return applyDecorators(
    ...[...new Set(codes.map(statusOf))].map((status) =>
      ApiResponse({
        status,
        description: codes.filter((code) => statusOf(code) === status).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
  );
}
