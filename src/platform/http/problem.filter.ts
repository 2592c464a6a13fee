import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { ErrorCode } from '../../kernel/errors/error-codes.js';
import { isDatabaseAway } from '../database/database-away.js';
import { sqlStateOf } from '../database/transactions.js';
import { problemOf } from './problem.js';

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

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isHealthReport(thrown)) {
      void reply.status(thrown.getStatus()).send(thrown.getResponse());
      return;
    }
    const error = asDomainError(thrown);
    if (error.kind === 'INTERNAL' || error.kind === 'UNAVAILABLE') this.logger.error(thrown);
    if (error.kind === 'UNAUTHENTICATED') void reply.header('WWW-Authenticate', 'Bearer');
    const retryAfter = error.kind === 'UNAVAILABLE' ? RETRY_AFTER_SECONDS : error.retryAfterSeconds;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    sendProblem(error, request, reply);
  }
}

/** Answers the refusal; also for what is refused before a route, and so this filter, is found. */
export function sendProblem(error: DomainError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, request.id);
  void reply.status(problem.status).type('application/problem+json').send(problem);
}

function asDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  if (sqlStateOf(thrown) === QUERY_CANCELED) {
    return new DomainError(
      'QUERY_TIMED_OUT',
      'This took longer than the service allows, and nothing was changed; ask for less at once.',
    );
  }
  if (isDatabaseAway(thrown)) {
    return new DomainError('DATABASE_UNAVAILABLE', 'The database is away or busy; try again in a moment.');
  }
  if (UNSTORABLE_TEXT.has(sqlStateOf(thrown) ?? '')) {
    return new DomainError('VALIDATION_FAILED', 'A text of the request holds a character that is none.');
  }
  const status = statusOf(thrown);
  const refusal = REFUSALS_BEFORE_US[status];
  if (refusal) return new DomainError(refusal.code, refusal.sentence);
  if (status >= 400 && status < 500) return new DomainError('REQUEST_REFUSED', 'The request cannot be read.');
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
