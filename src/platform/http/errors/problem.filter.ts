import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { ErrorCode, ErrorCodes, ErrorKind } from '../../../kernel/errors/domain-error.js';
import { cancellationSignal } from '../../database/client-gone.js';
import { databaseFault, isDatabaseUnavailable } from '../../database/database-unavailable.js';
import { sqlStateOf } from '../../database/transactions.js';
import { acceptsCsv } from '../../import/csv-body.decorator.js';
import { problemOf, STATUS_OF_KIND } from './problem.js';
import type { RateLimiter } from '../limits/rate-limiter.js';
import type { RouteMethods } from './route-methods.js';

/** What Fastify and Nest themselves refuse before any of our code runs, by status. */
const REFUSALS_BEFORE_US: Readonly<Record<number, { code: ErrorCode; sentence: string }>> = {
  400: { code: 'MALFORMED_BODY', sentence: 'The body is not well-formed JSON.' },
  404: { code: 'ROUTE_NOT_FOUND', sentence: 'There is nothing at this address.' },
  413: { code: 'BODY_TOO_LARGE', sentence: 'The body is larger than the service accepts.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', sentence: 'Send the body as application/json.' },
};

/** What is busy or away is asked again after so long; a failover takes longer, and whoever asks is told so again. */
const RETRY_AFTER_SECONDS = 5;

/** The statement was cancelled: it took longer than the service allows. */
const QUERY_CANCELED = '57014';

/** SQLSTATEs of a text that PostgreSQL cannot hold, such as one with a NUL in it. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** Turns whatever was thrown into a problem document. No stack, SQL or secret ever leaves in one. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(
    private readonly kinds: ErrorCodes,
    private readonly limiter: RateLimiter,
    private readonly routes: RouteMethods,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isHealthReport(thrown)) {
      void reply.status(thrown.getStatus()).send(thrown.getResponse());
      return;
    }
    const error = await this.counted(this.refusalOf(thrown, request, reply), request, reply);
    const kind = this.kinds[error.code];
    this.log(kind, thrown);
    if (kind === 'UNAUTHENTICATED') void reply.header('WWW-Authenticate', 'Bearer');
    const retryAfter = kind === 'UNAVAILABLE' ? RETRY_AFTER_SECONDS : error.retryAfterSeconds;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    sendProblem(error, kind, request, reply);
  }

  /** What was thrown, as our own refusal; with what the route of the request would take instead. */
  private refusalOf(thrown: unknown, request: FastifyRequest, reply: FastifyReply): DomainError {
    const error = asDomainError(thrown);
    const allowed = request.is404 ? this.routes.allowedAt(request.url) : [];
    // a route may say itself that there is nothing: the console does for a file of an older build
    const hasOtherMethods = allowed.length > 0 && !allowed.includes(request.method);
    if (error.code === 'ROUTE_NOT_FOUND' && hasOtherMethods) {
      void reply.header('allow', allowed.join(', '));
      return new DomainError(
        'METHOD_NOT_ALLOWED',
        `This address does not support ${request.method}. It supports ${allowed.join(', ')}.`,
      );
    }
    if (thrown !== error && error.code === 'UNSUPPORTED_MEDIA_TYPE' && acceptsCsv(request)) {
      return new DomainError(error.code, 'Send the file itself as text/csv.');
    }
    return error;
  }

  /** The refusal, or RATE_LIMITED in its place: what is refused before the guards, or by them, is not counted yet. */
  private async counted(
    error: DomainError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<DomainError> {
    // a fault of ours or of the database uses up nothing
    if (STATUS_OF_KIND[this.kinds[error.code]] >= 500) return error;
    try {
      await this.limiter.count(request, reply);
      return error;
    } catch (limited) {
      return asDomainError(limited);
    }
  }

  private log(kind: ErrorKind, thrown: unknown): void {
    const sqlstate = databaseFault(thrown);
    // a full disk fails every write: one line each, and no stack of ours, which is not at fault
    if (sqlstate) this.logger.error({ sqlstate }, `The database fails: ${(thrown as Error).message}`);
    else if (kind === 'INTERNAL' || kind === 'UNAVAILABLE') this.logger.error(thrown);
  }
}

/** Answers the refusal; also for what is refused before a route, and so this filter, is found. */
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
  // no one reads the answer; its statements were cancelled, which is no fault
  if (cancellationSignal()?.aborted) return new DomainError('INVALID_REQUEST', 'The request was given up.');
  return databaseRefusal(thrown) ?? refusalBeforeUs(statusOf(thrown));
}

/** Of a failed statement or connection; null of anything else. */
function databaseRefusal(thrown: unknown): DomainError | null {
  if (sqlStateOf(thrown) === QUERY_CANCELED) {
    return new DomainError(
      'QUERY_TIMED_OUT',
      'This took longer than the service allows, and nothing was changed; ask for less at once.',
    );
  }
  if (databaseFault(thrown)) {
    return new DomainError(
      'DATABASE_FAULT',
      'The database has run out of a resource or has a fault. Try again later.',
    );
  }
  if (isDatabaseUnavailable(thrown)) {
    return new DomainError('DATABASE_UNAVAILABLE', 'The database is away or busy; try again in a moment.');
  }
  if (UNSTORABLE_TEXT.has(sqlStateOf(thrown) ?? '')) {
    return new DomainError('VALIDATION_FAILED', 'A text of the request holds a character that is none.');
  }
  return null;
}

function refusalBeforeUs(status: number): DomainError {
  const refusal = REFUSALS_BEFORE_US[status];
  if (refusal) return new DomainError(refusal.code, refusal.sentence);
  if (status >= 400 && status < 500) return new DomainError('INVALID_REQUEST', 'The request cannot be read.');
  return new DomainError('INTERNAL_ERROR', 'Something went wrong here; quote the request id to support.');
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

/** The health check's 503 says in its own shape which part is down. */
function isHealthReport(thrown: unknown): thrown is HttpException {
  if (!(thrown instanceof HttpException)) return false;
  const body = thrown.getResponse();
  return typeof body === 'object' && 'status' in body && 'details' in body;
}
