import { createHash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { AppConfig } from '../config/app-config.js';

/** With METRICS_TOKEN, for its bearer alone; without it, for everybody, but in production for nobody. */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { METRICS_TOKEN: token, NODE_ENV } = this.config;
    if (token === undefined) {
      if (NODE_ENV !== 'production') return true;
      throw new DomainError('ROUTE_NOT_FOUND', 'There is nothing at this address.');
    }
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (isSame(authorization ?? '', `Bearer ${token}`)) return true;
    throw new DomainError('UNAUTHENTICATED', 'The metrics are for the bearer of METRICS_TOKEN.');
  }
}

/** Takes the same time whatever is given. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
