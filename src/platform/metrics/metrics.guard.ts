import { createHash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { AppConfig } from '../config/app-config.js';

/**
 * With METRICS_TOKEN, only its bearer has access. Without it, access is open, except in production, where there is
 * none.
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { METRICS_TOKEN: token, NODE_ENV } = this.config;
    if (token === undefined) {
      if (NODE_ENV !== 'production') return true;
      throw new DomainError('ROUTE_NOT_FOUND', 'No route matches this path.');
    }
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (isSame(authorization ?? '', `Bearer ${token}`)) return true;
    throw new DomainError('UNAUTHENTICATED', 'Send METRICS_TOKEN as the bearer token.');
  }
}

/** Compares in constant time. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
