import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/access/actor.js';
import { actorOf } from '../http/current-actor.decorator.js';

/** Who asks for a file in which format, and whether they still wait for it. */
export interface FileRequest {
  readonly actor: Actor;
  /** As the path names it */
  readonly format: string;
  /** Comes when the client is gone before it has all of the answer */
  readonly gone: AbortSignal;
}

/** The request of a file at a route with the parameter `format`, for whoever makes the file. */
export const RequestedFile = createParamDecorator((_: unknown, context: ExecutionContext): FileRequest => {
  const http = context.switchToHttp();
  const { raw } = http.getResponse<FastifyReply>();
  const { format } = http.getRequest<FastifyRequest<{ Params: { format: string } }>>().params;
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return { actor: actorOf(context), format, gone: gone.signal };
});
