import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/access/actor.js';

/** Who is acting, as the access guard found it, and by which request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context));

/** For other decorators of parameters: the actor of the request. */
export function actorOf(context: ExecutionContext): Actor {
  const { user, id, ip } = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
  if (!user) throw new Error('a public route has no actor');
  return { ...user, origin: { requestId: id, address: ip } };
}
