import { CanActivate, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../kernel/access/actor.js';
import { RateLimiter } from './rate-limiter.js';

const RATE_LIMIT_METADATA = 'driver-loans:rate-limit';

/** For probes and scrapers, whose requests are not counted; for a sign-in, which is limited more strictly. */
type Treatment = 'uncounted' | 'login';

/** How the requests of a route are counted, where it is not as all others. */
export function RateLimited(treatment: Treatment): MethodDecorator & ClassDecorator {
  return SetMetadata<string, Treatment>(RATE_LIMIT_METADATA, treatment);
}

/**
 * After the access guard, so that it knows who asks: a user is counted as such wherever they are, everybody else by
 * their address. A request that is refused before it comes here is counted by the problem filter.
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
