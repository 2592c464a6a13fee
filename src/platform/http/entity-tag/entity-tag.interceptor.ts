import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';
import { entityTagOf, isKnown } from './entity-tag.js';

interface Answer {
  /** The mark of a change that has a dry run. It is not part of the record. */
  readonly dry_run?: boolean;
  readonly [field: string]: unknown;
}

const TRANSIENT_FIELDS = 'driver-loans:transient-fields';

/** The fields of a controller's record that change without an edit of it. Its query names them too (RecordSource). */
export const TransientFields = (fields: readonly string[]): ClassDecorator =>
  SetMetadata<string, readonly string[]>(TRANSIENT_FIELDS, fields);

/** Adds the ETag of its record to an answer. A dry run has none: its record does not exist. */
export class EntityTagInterceptor implements NestInterceptor<Answer, Answer> {
  private readonly reflector = new Reflector();

  /** @param field the field of the answer that is the record; without it, the whole answer is the record */
  constructor(private readonly field?: string) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<Answer> {
    const transient = this.reflector.get<readonly string[] | undefined>(TRANSIENT_FIELDS, context.getClass());
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(({ dry_run, ...answer }) => {
        const record = this.field === undefined ? answer : answer[this.field];
        if (!dry_run) void reply.header('ETag', entityTagOf(record as object, transient));
      }),
    );
  }
}

/** An onSend hook: answers 304 without a body if the client of a GET already has this answer. */
export function answerNotModified(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const tag = reply.getHeader('etag');
  const ifNoneMatch = request.headers['if-none-match'];
  if (request.method !== 'GET' || typeof tag !== 'string' || !ifNoneMatch || !isKnown(ifNoneMatch, tag)) {
    return payload;
  }
  void reply.status(304).removeHeader('content-type').removeHeader('content-length');
  return null;
}
