import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { PLATFORM_ERRORS } from '../../errors.js';
import { problemOf } from './problem.js';

interface ClientError {
  readonly code: keyof typeof PLATFORM_ERRORS;
  readonly message: string;
}

/**
 * Node stores the current response in this property of the socket. Only its documentation of clientError mentions
 * it.
 */
type ServingSocket = Socket & { readonly _httpMessage?: ServerResponse };

/**
 * Answers input that is not valid HTTP, or that did not become a request in time. It never reaches hooks or
 * filters. If a response is already being sent, nothing is added to it. The connection is closed in any case.
 */
export function rejectConnection(error: Error & { code?: string }, socket: ServingSocket): void {
  const isAnswering = socket._httpMessage?.headersSent ?? false;
  if (error.code !== 'ECONNRESET' && socket.writable && !isAnswering) socket.write(responseTo(error.code));
  socket.destroySoon();
}

function responseTo(code: string | undefined): string {
  const requestId = randomUUID();
  const { code: errorCode, message } = errorFor(code);
  const problem = problemOf(new DomainError(errorCode, message), PLATFORM_ERRORS[errorCode], requestId);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

function errorFor(code: string | undefined): ClientError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'REQUEST_TIMEOUT', message: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return {
        code: 'HEADERS_TOO_LARGE',
        message: 'The address and the headers are larger than the service accepts.',
      };
    default:
      return { code: 'INVALID_REQUEST', message: 'The service cannot parse this HTTP request.' };
  }
}
