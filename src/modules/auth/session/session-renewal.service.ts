import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { USER, UserSessionService } from '../../users/index.js';

import type { RequestContext } from './request-context.decorator.js';
import { ownerOf } from '../password/password-check.service.js';
import { RefreshTokenCookieService } from './refresh-token-cookie.service.js';
import { SessionTokenService } from './session-token.service.js';
import type { RefreshInput } from './session.input.js';
import type { TokensView } from './session.view.js';

@Injectable()
export class SessionRenewalService {
  private readonly logger = new Logger(SessionRenewalService.name);

  constructor(
    private readonly sessions: UserSessionService,
    private readonly tokens: SessionTokenService,
    private readonly cookie: RefreshTokenCookieService,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
  ) {}

  /**
   * Exchanges a refresh token for a new refresh token and an access token. A token that is used twice ends its session,
   * because one of its two holders must have stolen it (RFC 9700, 4.14). Throws SESSION_ENDED.
   */
  async renew(body: RefreshInput, visit: RequestContext): Promise<TokensView> {
    const refreshToken = this.cookie.tokenOf(body, visit);
    const renewal = await this.transactions.run(async (tx) => {
      const renewed = refreshToken === null ? null : await this.sessions.renew(tx, refreshToken);
      if (renewed && 'reusedBy' in renewed) {
        const { id, userId } = renewed.reusedBy;
        await this.changes.record(tx, ownerOf(userId, visit.origin), [
          { action: 'session.reuse', record: USER, id: userId, after: { session_id: id, ended: true } },
        ]);
      }
      return renewed;
    });
    if (renewal && 'refreshToken' in renewal) return this.tokens.answer(renewal, body.session, visit);
    if (renewal) {
      const { id, userId } = renewal.reusedBy;
      this.logger.warn(`Session ${id} of user ${userId} ended, because its refresh token was used twice`);
    }
    if (body.session === 'cookie') this.cookie.clear(visit);
    throw new DomainError('SESSION_ENDED', 'Your session has ended. Sign in again.');
  }
}
