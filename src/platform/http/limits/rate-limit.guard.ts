import { CanActivate, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../kernel/access/actor.js';
import { RateLimiter } from './rate-limiter.js';

const UNCOUNTED_METADATA = 'driver-loans:uncounted';

/** Excludes the routes of probes and scrapers from the rate limits. */
export const Uncounted = (): ClassDecorator => SetMetadata(UNCOUNTED_METADATA, true);

/**
 * Runs after the access guard, so that the user is known: users are counted by their id, everyone else by address.
 * The problem filter counts requests that fail before this guard.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RateLimiter,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.get<true | undefined>(UNCOUNTED_METADATA, context.getClass())) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    this.limiter.count(request, reply);
    return true;
  }
}
