import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../../../kernel/access/actor.js';
import { originOf } from '../../../platform/http/access/current-actor.decorator.js';

/** A request before authentication, with its reply, because the sign-in routes read and set a cookie. */
export interface RequestContext {
  readonly origin: Origin;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export const CurrentRequest = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestContext => {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    return { origin: originOf(request), request, reply: http.getResponse<FastifyReply>() };
  },
);
