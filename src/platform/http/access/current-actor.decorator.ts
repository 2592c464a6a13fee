import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Origin } from '../../../kernel/access/actor.js';
import { clientAddress } from './client-address.js';

/** Who is acting, as the access guard found it, and by which request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context));

/** For other decorators of parameters: the actor of the request. */
export function actorOf(context: ExecutionContext): Actor {
  const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
  if (!request.user) throw new Error('a public route has no actor');
  return { ...request.user, origin: originOf(request) };
}

export function originOf(request: FastifyRequest): Origin {
  return { requestId: request.id, address: clientAddress(request) };
}
