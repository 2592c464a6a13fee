import type { CookieSerializeOptions } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../../platform/config/app-config.js';

import type { RequestContext } from './request-context.decorator.js';
import type { RefreshInput } from './session.input.js';

const NAME = 'driver_loans_refresh';
const PATH = '/api/v1/auth';

/**
 * The refresh token as a browser keeps it: sent to the sign-in routes of this origin alone, and out of the reach of any
 * script. No other site can use it: the cookie is SameSite=Strict, and it counts only where a JSON body asks for it,
 * which a page of another origin may not send without asking first.
 */
@Injectable()
export class RefreshTokenCookieService {
  constructor(private readonly config: AppConfig) {}

  /** The token that the body names, by itself or by the cookie; null where it means the cookie and there is none. */
  tokenOf({ session, refresh_token }: RefreshInput, { request }: RequestContext): string | null {
    if (session === 'body') return refresh_token ?? null;
    if (refresh_token !== undefined) {
      const message = 'refresh_token must be left out where session is cookie';
      throw new DomainError('VALIDATION_FAILED', `R${message.slice(1)}.`, [
        { field: 'refresh_token', message },
      ]);
    }
    return request.cookies[NAME] ?? null;
  }

  set(refreshToken: string, visit: RequestContext): void {
    const maxAge = this.config.AUTH_SESSION_IDLE_SECONDS;
    void visit.reply.setCookie(NAME, refreshToken, { ...this.options(visit), maxAge });
  }

  clear(visit: RequestContext): void {
    void visit.reply.clearCookie(NAME, this.options(visit));
  }

  /** In production a browser keeps it for https alone, also where a proxy ends the TLS and we see plain http. */
  private options({ request }: RequestContext): CookieSerializeOptions {
    const secure = this.config.NODE_ENV === 'production' || request.protocol === 'https';
    return { path: PATH, httpOnly: true, sameSite: 'strict', secure };
  }
}
