import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { PLATFORM_ERRORS } from '../../errors.js';
import { problemOf } from './problem.js';

interface Refusal {
  readonly code: keyof typeof PLATFORM_ERRORS;
  readonly sentence: string;
}

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
  const refusal = refusalOf(code);
  const error = new DomainError(refusal.code, refusal.sentence);
  const problem = problemOf(error, PLATFORM_ERRORS[refusal.code], requestId);
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

function refusalOf(code: string | undefined): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'REQUEST_TIMEOUT', sentence: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return {
        code: 'HEADERS_TOO_LARGE',
        sentence: 'The address and the headers are larger than the service accepts.',
      };
    default:
      return { code: 'INVALID_REQUEST', sentence: 'This is no HTTP request that the service can read.' };
  }
}
