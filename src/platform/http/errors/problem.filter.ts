import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { ErrorCode, ErrorCodes, ErrorKind } from '../../../kernel/errors/domain-error.js';
import { cancellationSignal } from '../../database/client-gone.js';
import { databaseFault, isDatabaseUnavailable } from '../../database/database-unavailable.js';
import { sqlStateOf } from '../../database/transactions.js';
import { csvSentence } from '../../import/csv-body.decorator.js';
import { problemOf, STATUS_OF_KIND } from './problem.js';
import type { RateLimiter } from '../limits/rate-limiter.js';
import type { RouteMethods } from './route-methods.js';

/** Errors of Fastify and Nest before our code runs, by status. */
const FRAMEWORK_ERRORS: Readonly<Record<number, { code: ErrorCode; sentence: string }>> = {
  400: { code: 'MALFORMED_BODY', sentence: 'The body is not well-formed JSON.' },
  404: { code: 'ROUTE_NOT_FOUND', sentence: 'No route matches this path.' },
  413: { code: 'BODY_TOO_LARGE', sentence: 'The body is larger than the service accepts.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', sentence: 'Send the body as application/json.' },
};

/**
 * When to retry if the database is busy or unavailable. If that is too early, for example during a failover, the
 * next response says the same.
 */
const RETRY_AFTER_SECONDS = 5;

/** The statement was cancelled because it exceeded the time limit. */
const QUERY_CANCELED = '57014';

/** SQLSTATEs of a text that PostgreSQL cannot store, for example with a NUL character. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** Converts every thrown value into a problem document. It never contains a stack, SQL or a secret. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(
    private readonly kinds: ErrorCodes,
    private readonly limiter: RateLimiter,
    private readonly routes: RouteMethods,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isHealthReport(thrown)) {
      void reply.status(thrown.getStatus()).send(thrown.getResponse());
      return;
    }
    const error = this.countRequest(this.errorOf(thrown, request, reply), request, reply);
    const kind = this.kinds[error.code];
    this.log(kind, thrown);
    if (kind === 'UNAUTHENTICATED') void reply.header('WWW-Authenticate', 'Bearer');
    const retryAfter = kind === 'UNAVAILABLE' ? RETRY_AFTER_SECONDS : error.retryAfterSeconds;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    sendProblem(error, kind, request, reply);
  }

  /** Converts the thrown value to a DomainError, with the methods or media type that the route accepts instead. */
  private errorOf(thrown: unknown, request: FastifyRequest, reply: FastifyReply): DomainError {
    const error = asDomainError(thrown);
    const allowed = request.is404 ? this.routes.allowedAt(request.url) : [];
    // a route may itself return 404: the console does for a file of an older build
    const hasOtherMethods = allowed.length > 0 && !allowed.includes(request.method);
    if (error.code === 'ROUTE_NOT_FOUND' && hasOtherMethods) {
      void reply.header('allow', allowed.join(', '));
      return new DomainError(
        'METHOD_NOT_ALLOWED',
        `This path does not support ${request.method}. It supports ${allowed.join(', ')}.`,
      );
    }
    const sentence = csvSentence(request);
    if (thrown !== error && error.code === 'UNSUPPORTED_MEDIA_TYPE' && sentence) {
      return new DomainError(error.code, sentence);
    }
    return error;
  }

  /**
   * Counts a request that failed before or in the guards, where it is not counted yet. Returns the error, or
   * RATE_LIMITED in its place.
   */
  private countRequest(error: DomainError, request: FastifyRequest, reply: FastifyReply): DomainError {
    // server and database errors do not count against the client
    if (STATUS_OF_KIND[this.kinds[error.code]] >= 500) return error;
    try {
      this.limiter.count(request, reply);
      return error;
    } catch (limited) {
      return asDomainError(limited);
    }
  }

  private log(kind: ErrorKind, thrown: unknown): void {
    const sqlstate = databaseFault(thrown);
    // a full disk fails every write: log one line each, without a stack, because our code is not the cause
    if (sqlstate) this.logger.error({ sqlstate }, `The database fails: ${(thrown as Error).message}`);
    else if (kind === 'INTERNAL' || kind === 'UNAVAILABLE') this.logger.error(thrown);
  }
}

/** Sends the problem document. Also used for errors before a route, and with it this filter, is found. */
export function sendProblem(
  error: DomainError,
  kind: ErrorKind,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = problemOf(error, kind, request.id);
  void reply.status(problem.status).type('application/problem+json').send(problem);
}

function asDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  // no one reads the response, and its cancelled statements are not an error
  if (cancellationSignal()?.aborted)
    return new DomainError('INVALID_REQUEST', 'The client closed the connection.');
  return databaseError(thrown) ?? frameworkError(statusOf(thrown));
}

/** The error for a failed statement or connection. Null for anything else. */
function databaseError(thrown: unknown): DomainError | null {
  if (sqlStateOf(thrown) === QUERY_CANCELED) {
    return new DomainError(
      'QUERY_TIMED_OUT',
      'The request exceeded the time limit and changed nothing. Request less data at once.',
    );
  }
  if (databaseFault(thrown)) {
    return new DomainError(
      'DATABASE_FAULT',
      'The database has run out of a resource or has a system error. Try again later.',
    );
  }
  if (isDatabaseUnavailable(thrown)) {
    return new DomainError(
      'DATABASE_UNAVAILABLE',
      'The database is temporarily unavailable. Try again shortly.',
    );
  }
  if (UNSTORABLE_TEXT.has(sqlStateOf(thrown) ?? '')) {
    return new DomainError('VALIDATION_FAILED', 'The request contains an invalid character.');
  }
  return null;
}

function frameworkError(status: number): DomainError {
  const known = FRAMEWORK_ERRORS[status];
  if (known) return new DomainError(known.code, known.sentence);
  if (status >= 400 && status < 500) return new DomainError('INVALID_REQUEST', 'The request cannot be read.');
  return new DomainError(
    'INTERNAL_ERROR',
    'An internal error occurred. Contact support with the request id.',
  );
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

/** The 503 of the health check has its own shape, which shows the part that is down. */
function isHealthReport(thrown: unknown): thrown is HttpException {
  if (!(thrown instanceof HttpException)) return false;
  const body = thrown.getResponse();
  return typeof body === 'object' && 'status' in body && 'details' in body;
}
