import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/access/actor.js';
import { cancellationSignal } from '../database/client-gone.js';
import { actorOf } from '../http/access/current-actor.decorator.js';

/** The user, the format, and a signal for a client that disconnects. */
export interface FileRequest {
  readonly actor: Actor;
  /** The format in the path */
  readonly format: string;
  /** Aborts when the client disconnects before it has the whole response */
  readonly clientGone: AbortSignal;
}

/** The file request of a route with the path parameter `format`. */
export const RequestedFile = createParamDecorator((_: unknown, context: ExecutionContext): FileRequest => {
  const { params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { format: string } }>>();
  const clientGone = cancellationSignal() ?? AbortSignal.any([]);
  return { actor: actorOf(context), format: params.format, clientGone };
});
