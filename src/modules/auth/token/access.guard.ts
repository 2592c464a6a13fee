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

/** What passport makes of a strategy; it is written for other frameworks, and needs no more than this of ours. */
type Middleware = (request: object, response: object, next: (error: Error) => void) => void;

/**
 * The one guard, before every route: what a route declares (RequiresPermission, RequiresSignIn, PublicRoute)
 * is what it asks for, and a route that declares nothing is closed.
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
      throw new DomainError('PERMISSION_MISSING', 'This address is closed to everybody.');
    }

    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const caller = await this.authenticate(request, reply);
    if (!caller) {
      throw new DomainError('UNAUTHENTICATED', 'Sign in first, or again: there is no valid access token.');
    }
    this.log.assign({ user_id: caller.actor.userId });
    // before anything is refused: a refusal counts to the user too
    request.user = caller.actor;
    refuseUnlessAllowed(caller, access.permissions);
    return true;
  }

  async isSignedIn(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return (await this.authenticate(request, reply)) !== false;
  }

  /**
   * Passport is given the strategy itself, not its name: names live in one registry for the whole process,
   * where a second application (in a test, say) would take the first one's place. Passport copies only those it
   * finds by name before it hangs the request's callbacks on them; on a shared one, two requests at a time would
   * get each other's caller.
   */
  private authenticate(request: object, response: object): Promise<Caller | false> {
    return new Promise((resolve, reject) => {
      const answer = (error: Error | null, caller: Caller | false, refusal?: unknown) => {
        // that a token could not be checked is no word about the token
        const fault = error ?? (refusal instanceof DomainError ? refusal : null);
        if (fault) reject(fault);
        else resolve(caller);
      };
      const ask = passport.authenticate(
        Object.create(this.strategy) as BearerStrategy,
        { session: false },
        answer,
      ) as Middleware;
      ask(request, response, reject);
    });
  }
}

/** Who must choose a password first may go where no permission is asked for: to choose it, and to sign out. */
function refuseUnlessAllowed({ actor, mustChangePassword }: Caller, asked: readonly Permission[]): void {
  if (mustChangePassword && asked.length > 0) {
    throw new DomainError('PASSWORD_CHANGE_REQUIRED', 'Choose a password of your own first.');
  }
  requirePermissions(actor, asked);
}
