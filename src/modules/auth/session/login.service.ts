import { Injectable, Logger } from '@nestjs/common';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { USER, SignInLockService, UserSessionService } from '../../users/index.js';
import type { OpenSession } from '../../users/index.js';

import type { RequestContext } from './request-context.decorator.js';
import { ownerOf, PasswordCheckService, wrongCredentials } from '../password/password-check.service.js';
import { SessionTokenService } from './session-token.service.js';
import type { LoginInput } from './session.input.js';
import type { TokensView } from './session.view.js';

@Injectable()
export class LoginService {
  private readonly logger = new Logger(LoginService.name);

  constructor(
    private readonly passwords: PasswordCheckService,
    private readonly sessions: UserSessionService,
    private readonly locks: SignInLockService,
    private readonly tokens: SessionTokenService,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
  ) {}

  /** Starts a session for the user with this e-mail and password. Throws INVALID_CREDENTIALS and SIGN_IN_LOCKED. */
  async signIn(
    { email, password, session: transport }: LoginInput,
    visit: RequestContext,
  ): Promise<TokensView> {
    const { origin } = visit;
    const user = await this.passwords.check(email, password, origin);
    const session = await this.transactions.run(async (tx): Promise<OpenSession | null> => {
      const started = await this.sessions.start(tx, user);
      if (started === null) return null;
      await this.locks.clearAt(tx, { email, userId: user.id, origin });
      await this.changes.record(tx, ownerOf(user.id, origin), [
        { action: 'session.start', record: USER, id: user.id, after: { session_id: started.id } },
      ]);
      return started;
    });
    // the password was changed or the user was made inactive during the check
    if (session === null) throw wrongCredentials();
    this.logger.log(`User ${user.id} signed in`);
    return this.tokens.answer(session, transport, visit);
  }
}
