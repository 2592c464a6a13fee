import type { CookieSerializeOptions } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { asSentence } from '../../../kernel/text/sentence.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { RequestContext } from './request-context.decorator.js';
import type { RefreshInput } from './session.input.js';

const NAME = 'driver_loans_refresh';
const PATH = '/api/v1/auth';

/**
 * The refresh token in a cookie: the browser sends it only to the sign-in routes of this origin, and no script can read
 * it. No other site can use it: the cookie is SameSite=Strict, and it is used only if a JSON body requests it, which a
 * page of another origin cannot send without a CORS preflight.
 */
@Injectable()
export class RefreshTokenCookieService {
  constructor(private readonly config: AppConfig) {}

  /** The token from the body or from the cookie, as the body requests; null if the cookie is missing. */
  tokenOf({ session, refresh_token }: RefreshInput, { request }: RequestContext): string | null {
    if (session === 'body') return refresh_token ?? null;
    if (refresh_token !== undefined) {
      const message = 'refresh_token must be omitted if session is cookie';
      throw new DomainError('VALIDATION_FAILED', asSentence(message), [{ field: 'refresh_token', message }]);
    }
    return request.cookies[NAME] ?? null;
  }

  set(refreshToken: string, context: RequestContext): void {
    const maxAge = this.config.AUTH_SESSION_IDLE_SECONDS;
    void context.reply.setCookie(NAME, refreshToken, { ...this.options(context), maxAge });
  }

  clear(context: RequestContext): void {
    void context.reply.clearCookie(NAME, this.options(context));
  }

  /** In production always Secure, even if a proxy terminates TLS and this process receives plain HTTP. */
  private options({ request }: RequestContext): CookieSerializeOptions {
    const secure = this.config.NODE_ENV === 'production' || request.protocol === 'https';
    return { path: PATH, httpOnly: true, sameSite: 'strict', secure };
  }
}
