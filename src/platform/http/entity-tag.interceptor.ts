import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { entityTagOf, isKnown } from './entity-tag.js';

/** Gives an answer its ETag. */
@Injectable()
export class EntityTagInterceptor implements NestInterceptor<object, object> {
  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap((answer) => void reply.header('ETag', entityTagOf(answer))));
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
