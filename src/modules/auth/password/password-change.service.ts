import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { PasswordResetService, UserQueryService } from '../../users/index.js';

import { PasswordCheckService, userIdOf } from './password-check.service.js';
import type { ChangePasswordInput } from './password.input.js';
import type { SessionsEndedView } from '../session/session.view.js';

@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly users: UserQueryService,
    private readonly passwords: PasswordCheckService,
    private readonly resets: PasswordResetService,
  ) {}

  /**
   * Changes the user's own password and ends all other sessions. Requires the current password, so that an unattended
   * screen is not enough. Throws INVALID_CREDENTIALS, SIGN_IN_LOCKED, and VALIDATION_FAILED if the policy rejects the
   * new password.
   */
  async change(
    actor: Actor,
    { current_password, new_password }: ChangePasswordInput,
  ): Promise<SessionsEndedView> {
    const userId = userIdOf(actor);
    const user = await this.users.findActiveById(userId);
    if (!user || !actor.origin) throw new DomainError('UNAUTHENTICATED', 'The account is no longer active.');
    await this.passwords.check(user.email, current_password, actor.origin);
    if (current_password === new_password) {
      const message = 'The new password must differ from the current password.';
      throw new DomainError('VALIDATION_FAILED', message, [{ field: 'new_password', message }]);
    }
    const { sessionsEnded } = await this.resets.reset(actor, userId, {
      password: new_password,
      field: 'new_password',
      mustChange: false,
      keptSessionId: actor.sessionId,
    });
    return { sessions_ended: sessionsEnded };
  }
}
