import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { passwordRefusal } from './password-policy.js';
import { PasswordHasherService } from './password-hasher.service.js';
import type { UserView } from '../user/user.view.js';
import { USER, UserQuery } from '../user/user.query.js';
import { UserRepository } from '../user/user.repository.js';
import { SignInLockService } from '../session/sign-in-lock.service.js';
import { UserSessionService } from '../session/user-session.service.js';

export interface NewPassword {
  readonly password: string;
  /** The name of the field in an error */
  readonly field: 'password' | 'new_password';
  /** Whether the user must change it at the next sign-in, because another user knows it */
  readonly mustChange: boolean;
  /** The only session that is not ended */
  readonly keptSessionId?: number;
}

/** Sets a new password for a user. The caller has checked that the actor may do so. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasherService,
    private readonly sessions: UserSessionService,
    private readonly locks: SignInLockService,
    private readonly query: UserQuery,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly config: AppConfig,
  ) {}

  /**
   * Sets the password and ends the sessions and locks of the user, so that sessions with the old password end. Returns the
   * user and the number of ended sessions. Throws USER_NOT_FOUND, and VALIDATION_FAILED if the policy rejects the password.
   */
  async reset(
    actor: Actor,
    userId: number,
    { password, field, mustChange, keptSessionId }: NewPassword,
  ): Promise<{ user: UserView; sessionsEnded: number }> {
    const { email } = await this.query.get(userId);
    const refusal = passwordRefusal(password, { email, fleetName: this.config.FLEET_NAME });
    if (refusal !== null) {
      throw new DomainError('VALIDATION_FAILED', refusal, [{ field, message: refusal }]);
    }
    const passwordHash = await this.passwords.hash(password);
    return this.transactions.run(async (tx) => {
      await this.users.lock(tx, userId);
      const updatedOn = this.clock.now();
      await this.users.update(tx, userId, {
        passwordHash,
        mustChangePassword: mustChange,
        updatedOn,
        // a change by the user does not erase who set the previous password
        ...(actor.userId !== userId && { passwordResetBy: actor.userId, passwordResetOn: updatedOn }),
      });
      const sessionsEnded = await this.sessions.endAllOf(tx, userId, keptSessionId);
      await this.locks.clear(tx, email);
      await this.changes.record(tx, actor, [
        {
          action: 'user.password',
          record: USER,
          id: userId,
          after: { must_change_password: mustChange, sessions_ended: sessionsEnded },
        },
      ]);
      return { user: await this.query.get(userId, tx), sessionsEnded };
    });
  }
}
