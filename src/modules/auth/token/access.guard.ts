import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import passport from 'passport';
import type { Actor, Permission } from '../../../kernel/access/actor.js';
import { requirePermissions } from '../../../kernel/access/required-permissions.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Authenticator } from '../../../platform/http/access/authenticator.js';
import { ACCESS_METADATA, RouteAccess } from '../../../platform/http/access/requires-permission.decorator.js';
import { BEARER_STRATEGY } from './bearer.strategy.js';
import type { BearerStrategy, Caller } from './bearer.strategy.js';

/** The middleware that passport returns for a strategy. It only needs this much of the request and response. */
type Middleware = (request: object, response: object, next: (error: Error) => void) => void;

/**
 * The access guard of all routes. It requires what the route declares (RequiresPermission, RequiresSignIn, PublicRoute)
 * and rejects every request to a route without a declaration.
 */
@Injectable()
export class AccessGuard implements CanActivate, Authenticator {
  constructor(
    private readonly reflector: Reflector,
    @Inject(BEARER_STRATEGY) private readonly strategy: BearerStrategy,
    private readonly log: PinoLogger,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    if (access === undefined) {
      throw new DomainError('PERMISSION_MISSING', 'This route declares no permission, so access is denied.');
    }

    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const caller = await this.authenticate(request, reply);
    if (!caller) {
      throw new DomainError(
        'UNAUTHENTICATED',
        'The access token is missing, invalid or expired. Sign in again.',
      );
    }
    this.log.assign({ user_id: caller.actor.userId });
    // before the permission check, because the rate limit also counts rejected requests of the user
    request.user = caller.actor;
    requireAllowed(caller, access.permissions);
    return true;
  }

  async isSignedIn(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return (await this.authenticate(request, reply)) !== false;
  }

  /**
   * Passes the strategy itself to passport, not its name: names are in one registry per process, where a second
   * application (for example in a test) would replace the first one. Passport sets the callbacks of a request on the
   * strategy and copies only strategies that it finds by name. So this method makes the copy; otherwise two concurrent
   * requests could receive each other's caller.
   */
  private authenticate(request: object, response: object): Promise<Caller | false> {
    return new Promise((resolve, reject) => {
      const callback = (error: Error | null, caller: Caller | false, rejection?: unknown) => {
        // a token that could not be checked is not an invalid token
        const fault = error ?? (rejection instanceof DomainError ? rejection : null);
        if (fault) reject(fault);
        else resolve(caller);
      };
      const middleware = passport.authenticate(
        Object.create(this.strategy) as BearerStrategy,
        { session: false },
        callback,
      ) as Middleware;
      middleware(request, response, reject);
    });
  }
}

/** A user who must change the password may only use routes without permissions: to change it and to sign out. */
function requireAllowed({ actor, mustChangePassword }: Caller, required: readonly Permission[]): void {
  if (mustChangePassword && required.length > 0) {
    throw new DomainError('PASSWORD_CHANGE_REQUIRED', 'Change your password first.');
  }
  requirePermissions(actor, required);
}
