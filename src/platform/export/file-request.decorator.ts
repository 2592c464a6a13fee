import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/access/actor.js';
import { cancellationSignal } from '../database/client-gone.js';
import { actorOf } from '../http/access/current-actor.decorator.js';

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
  const { params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { format: string } }>>();
  const gone = cancellationSignal() ?? AbortSignal.any([]);
  return { actor: actorOf(context), format: params.format, gone };
});
