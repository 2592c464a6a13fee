import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/access/actor.js';
import { actorOf } from '../http/current-actor.decorator.js';

/** Who asks for a file, and whether they still wait for it. */
export interface FileRequest {
  readonly actor: Actor;
  /** Comes when the client is gone before it has all of the answer */
  readonly gone: AbortSignal;
}

/** The request of a file, for whoever makes it. */
export const RequestedFile = createParamDecorator((_: unknown, context: ExecutionContext): FileRequest => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return { actor: actorOf(context), gone: gone.signal };
});
