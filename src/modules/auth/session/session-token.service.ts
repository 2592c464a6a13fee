import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { OpenSession } from '../../users/index.js';
import type { SessionTransport } from './session.input.js';

import type { RequestContext } from './request-context.decorator.js';
import { RefreshTokenCookieService } from './refresh-token-cookie.service.js';
import type { TokensView } from './session.view.js';

/** Issues the tokens of a session: an access token for a few minutes, and a refresh token. */
@Injectable()
export class SessionTokenService {
  constructor(
    private readonly tokens: JwtService,
    private readonly cookie: RefreshTokenCookieService,
    private readonly config: AppConfig,
  ) {}

  /** Returns the refresh token in the body, or sets it as a cookie that no script can read. */
  async answer(
    { id, userId, refreshToken }: OpenSession,
    transport: SessionTransport,
    context: RequestContext,
  ): Promise<TokensView> {
    const tokens = {
      access_token: await this.tokens.signAsync({ sid: id }, { subject: String(userId) }),
      token_type: 'Bearer' as const,
      expires_in: this.config.AUTH_ACCESS_TOKEN_SECONDS,
    };
    if (transport === 'body') return { ...tokens, refresh_token: refreshToken };
    this.cookie.set(refreshToken, context);
    return tokens;
  }
}
