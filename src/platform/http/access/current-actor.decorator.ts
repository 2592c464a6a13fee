import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Origin } from '../../../kernel/access/actor.js';
import { clientAddress } from './client-address.js';

/** The actor that the access guard found, with the origin of the request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context));

/** The actor of the request, for other parameter decorators. */
export function actorOf(context: ExecutionContext): Actor {
  const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
  if (!request.user) throw new Error('a public route has no actor');
  return { ...request.user, origin: originOf(request) };
}

export function originOf(request: FastifyRequest): Origin {
  return { requestId: request.id, address: clientAddress(request) };
}
