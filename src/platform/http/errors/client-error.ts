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

const UNPARSABLE: ClientError = {
  code: 'INVALID_REQUEST',
  message: 'The service cannot parse this HTTP request.',
};

/** The methods that some route supports */
const METHODS = 'GET, HEAD, OPTIONS, PATCH, POST, PUT';
const UNKNOWN_METHOD: ClientError = {
  code: 'METHOD_NOT_ALLOWED',
  message: `The service knows only the methods ${METHODS}.`,
};
/** The first line of a request with a method that Node does not know. Other bytes have the same error code. */
const REQUEST_LINE = /^[A-Z][A-Z-]* \S+ HTTP\/1\.[01]\r?\n/;

/** Node's error for a connection: the received bytes, and how many of them it could parse */
type ParseError = Error & {
  readonly code?: string;
  readonly rawPacket?: object;
  readonly bytesParsed?: number;
};

/**
 * Node stores the current response in this property of the socket. Only its documentation of clientError mentions
 * it.
 */
type ServingSocket = Socket & { readonly _httpMessage?: ServerResponse };

/**
 * Answers input that is not valid HTTP, or that did not become a request in time. It never reaches hooks or
 * filters. If a response is already being sent, nothing is added to it. The connection is closed in any case.
 */
export function rejectConnection(error: ParseError, socket: ServingSocket): void {
  const isAnswering = socket._httpMessage?.headersSent ?? false;
  if (error.code !== 'ECONNRESET' && socket.writable && !isAnswering) socket.write(responseTo(error));
  socket.destroySoon();
}

function responseTo(error: ParseError): string {
  const requestId = randomUUID();
  const { code: errorCode, message } = errorFor(error);
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
    ...(errorCode === 'METHOD_NOT_ALLOWED' ? [`allow: ${METHODS}`] : []),
    '',
    body,
  ].join('\r\n');
}

function errorFor(error: ParseError): ClientError {
  switch (error.code) {
    case 'HPE_INVALID_METHOD':
      return REQUEST_LINE.test(unparsedLine(error)) ? UNKNOWN_METHOD : UNPARSABLE;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'REQUEST_TIMEOUT', message: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return {
        code: 'HEADERS_TOO_LARGE',
        message: 'The address and the headers are larger than the service accepts.',
      };
    default:
      return UNPARSABLE;
  }
}

/** The received text from the start of the line that Node could not parse. A packet can contain several requests. */
function unparsedLine({ rawPacket, bytesParsed = 0 }: ParseError): string {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : '';
  return text.slice(text.lastIndexOf('\n', Math.max(0, bytesParsed - 1)) + 1);
}
