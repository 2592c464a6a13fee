import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { problemOf } from './problem.js';

/** Node hangs the answer that is under way on its socket, and nowhere says so but in its documentation of clientError. */
type ServingSocket = Socket & { readonly _httpMessage?: ServerResponse };

/**
 * Answers what is no HTTP, or took too long to become a request: it never becomes one, so neither hooks nor filter see
 * it. Where an answer is already on its way, nothing may be written into it; the connection ends in any case.
 */
export function refuseConnection(error: Error & { code?: string }, socket: ServingSocket): void {
  const isAnswering = socket._httpMessage?.headersSent ?? false;
  if (error.code !== 'ECONNRESET' && socket.writable && !isAnswering) socket.write(answerTo(error.code));
  socket.destroySoon();
}

function answerTo(code: string | undefined): string {
  const requestId = randomUUID();
  const problem = problemOf(refusalOf(code), requestId);
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

function refusalOf(code: string | undefined): DomainError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new DomainError('REQUEST_TIMEOUT', 'The request took too long to arrive.');
    case 'HPE_HEADER_OVERFLOW':
      return new DomainError(
        'HEADERS_TOO_LARGE',
        'The address and the headers are larger than the service accepts.',
      );
    default:
      return new DomainError('INVALID_REQUEST', 'This is no HTTP request that the service can read.');
  }
}
