import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { entityTagOf, isKnown } from './entity-tag.js';

interface Answer {
  /** Of a change that has a dry run; no part of the record */
  readonly dry_run?: boolean;
}

/** Gives an answer the ETag of its record. A dry run has none: it answers a record that does not exist. */
@Injectable()
export class EntityTagInterceptor implements NestInterceptor<Answer, Answer> {
  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<Answer> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(({ dry_run, ...record }) => {
        if (!dry_run) void reply.header('ETag', entityTagOf(record));
      }),
    );
  }
}

/** An onSend hook: 304 without a body where the caller of a GET has the answer already. */
export function answerNotModified(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const tag = reply.getHeader('etag');
  const ifNoneMatch = request.headers['if-none-match'];
  if (request.method !== 'GET' || typeof tag !== 'string' || !ifNoneMatch || !isKnown(ifNoneMatch, tag)) {
    return payload;
  }
  void reply.status(304).removeHeader('content-type').removeHeader('content-length');
  return null;
}
