import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { USER, UserAccessService, UserSessionService } from '../../users/index.js';

import type { RequestContext } from '../session/request-context.decorator.js';
import { ownerOf, userIdOf } from '../password/password-check.service.js';
import { RefreshTokenCookieService } from '../session/refresh-token-cookie.service.js';
import type { LogoutEverywhereInput, RefreshInput } from '../session/session.input.js';
import type { SessionsEndedView } from '../session/session.view.js';

/** Ends sessions. Their access tokens become invalid immediately, because every request checks its session. */
@Injectable()
export class LogoutService {
  constructor(
    private readonly sessions: UserSessionService,
    private readonly access: UserAccessService,
    private readonly cookie: RefreshTokenCookieService,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
  ) {}

  /** Ends the session of the refresh token. Succeeds also if the session has already ended. */
  async signOut(body: RefreshInput, visit: RequestContext): Promise<SessionsEndedView> {
    const refreshToken = this.cookie.tokenOf(body, visit);
    if (body.session === 'cookie') this.cookie.clear(visit);
    return this.transactions.run(async (tx) => {
      const ended = refreshToken === null ? null : await this.sessions.end(tx, refreshToken);
      if (ended === null) return { sessions_ended: 0 };
      await this.changes.record(tx, ownerOf(ended.userId, visit.origin), [
        { action: 'session.end', record: USER, id: ended.userId, after: { session_id: ended.id } },
      ]);
      return { sessions_ended: 1 };
    });
  }

  /** Ends all sessions of the user, including the session of this request. */
  signOutEverywhere(
    actor: Actor,
    { session }: LogoutEverywhereInput,
    visit: RequestContext,
  ): Promise<SessionsEndedView> {
    const userId = userIdOf(actor);
    if (session === 'cookie') this.cookie.clear(visit);
    return this.access.signOutSelf(actor, userId);
  }
}
