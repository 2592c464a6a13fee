import { CanActivate, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../kernel/access/actor.js';
import { RateLimiter } from './rate-limiter.js';

const RATE_LIMIT_METADATA = 'driver-loans:rate-limit';

/** `uncounted` for probes and scrapers, `login` for the stricter limit of a sign-in. */
type Treatment = 'uncounted' | 'login';

/** Sets how the requests of a route are counted, if not by default. */
export function RateLimited(treatment: Treatment): MethodDecorator & ClassDecorator {
  return SetMetadata<string, Treatment>(RATE_LIMIT_METADATA, treatment);
}

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

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const treatment = this.reflector.getAllAndOverride<Treatment | undefined>(RATE_LIMIT_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (treatment !== 'uncounted') await this.limiter.count(request, reply, treatment === 'login');
    return true;
  }
}
