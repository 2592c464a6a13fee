import { Injectable, Logger } from '@nestjs/common';
import type { Actor, Origin } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { PasswordHasherService, SignInLockService, UserQueryService } from '../../users/index.js';
import type { SignInRecord } from '../../users/index.js';
import { KeyedMutex } from '../session/keyed-mutex.js';

/** Checks passwords and limits guessing. */
@Injectable()
export class PasswordCheckService {
  private readonly logger = new Logger(PasswordCheckService.name);
  private readonly checks = new KeyedMutex();

  constructor(
    private readonly users: UserQueryService,
    private readonly passwords: PasswordHasherService,
    private readonly locks: SignInLockService,
  ) {}

  /**
   * Returns the active user with this e-mail and password. An unknown e-mail, a wrong password and an inactive user
   * cause the same INVALID_CREDENTIALS after the same work, and the same SIGN_IN_LOCKED after the same number of
   * attempts. So the response does not reveal which accounts exist.
   *
   * Passwords for one e-mail are checked one after another, so that the lock stops all but the first few of many
   * simultaneous guesses. Each replica has its own queue, so each further replica allows one more guess.
   */
  check(email: string, password: string, origin: Origin): Promise<SignInRecord> {
    return this.checks.runExclusive(email.trim().toLowerCase(), async () => {
      const user = await this.users.findForSignIn(email);
      const attempt = { email, userId: user?.id ?? null, origin };
      await this.locks.refuseLocked(attempt);
      const matches = await this.passwords.matches(password, user?.passwordHash ?? null);
      if (user?.isActive && matches) return user;
      this.logger.warn(`Sign-in refused: ${reasonOf(user)}, from ${origin.address}`);
      await this.locks.recordFailure(attempt);
      throw wrongCredentials();
    });
  }
}

export function wrongCredentials(): DomainError {
  return new DomainError('INVALID_CREDENTIALS', 'The e-mail or the password is wrong.');
}

/** The owner of an account, identified by password or token, as the actor of an audit entry. */
export function ownerOf(userId: number, origin: Origin): Actor {
  return { userId, permissions: new Set(), origin };
}

/** The user id of an actor with a session. Throws for the system, which has no session. */
export function userIdOf({ userId }: Actor): number {
  if (userId === null) throw new Error('the system has no session');
  return userId;
}

/** For the log only. Never contains the e-mail or password that was entered. */
function reasonOf(user: SignInRecord | null): string {
  if (user === null) return 'unknown e-mail';
  return user.isActive ? `wrong password for user ${user.id}` : `user ${user.id} is inactive`;
}
