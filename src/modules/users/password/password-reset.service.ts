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
  /** By what name a refusal calls it */
  readonly field: 'password' | 'new_password';
  /** Whether the user must choose another at the next sign-in, as somebody else knows this one */
  readonly mustChange: boolean;
  /** The one session that goes on */
  readonly keptSessionId?: number;
}

/** Gives a user another password; whoever asks for it has been found entitled to. */
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
   * Ends the user's sessions and any lock: whoever came in with the old password is out. Answers the user, and how many
   * sessions ended. Throws USER_NOT_FOUND, and VALIDATION_FAILED where the policy refuses the password.
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
        // the user's own change does not undo that another chose the one before
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
