import { STATUS_CODES } from 'node:http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DomainError, ErrorKind } from '../../../kernel/errors/domain-error.js';

/** The only table from error kinds to HTTP statuses (docs/api-reference.md, "Errors"). */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  TOO_SLOW: 408,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE: 422,
  TOO_MANY_REQUESTS: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

export class ProblemField {
  @ApiProperty({ description: 'Path of the field in the body or query', example: 'loan_amount' })
  field!: string;

  @ApiProperty({ example: 'loan_amount must be an amount with at most two decimals' })
  message!: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'For an uploaded file: the line of the row',
    example: 7,
  })
  line?: number;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'For an uploaded file: the value of the cell',
  })
  value?: string | null;
}

/** An error response, `application/problem+json` of RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'urn:driver-loans:problem:loan-not-found' })
  type!: string;

  @ApiProperty({ example: 'Not Found' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 404 })
  status!: number;

  @ApiProperty({ description: 'One sentence for people', example: 'There is no loan DL-2025-0099.' })
  detail!: string;

  @ApiProperty({ description: 'Stable, for programs; docs/errors.md lists them', example: 'LOAN_NOT_FOUND' })
  code!: string;

  @ApiPropertyOptional({ type: [ProblemField] })
  errors?: readonly ProblemField[];

  @ApiProperty({ description: 'For support: every log line of the request contains it' })
  request_id!: string;
}

export function problemOf(error: DomainError, kind: ErrorKind, requestId: string): Problem {
  const status = STATUS_OF_KIND[kind];
  return {
    type: `urn:driver-loans:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error.message,
    code: error.code,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    request_id: requestId,
  };
}
