import { Injectable, Logger } from '@nestjs/common';
import type { Actor, Origin } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { PasswordHasherService, SignInLockService, UserQueryService } from '../../users/index.js';
import type { SignInRecord } from '../../users/index.js';
import { KeyedMutex } from '../session/keyed-mutex.js';

/** Finds out whether somebody is who they say, and lets nobody guess. */
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
   * Answers the active user with this e-mail and password. An unknown e-mail, a wrong password and an inactive user get
   * the same INVALID_CREDENTIALS after the same work, and the same SIGN_IN_LOCKED after as many of them, so that nobody
   * learns here who has an account.
   *
   * Passwords for one e-mail are checked one after another: of a hundred guesses sent at once, all but the first few
   * meet the lock. Each replica has a line of its own, so that a guesser wins one guess for each further replica.
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

/** Who acts on an account of their own, as far as its password or its token shows. */
export function ownerOf(userId: number, origin: Origin): Actor {
  return { userId, permissions: new Set(), origin };
}

/** Of who acts by a session: the system has none. */
export function userIdOf({ userId }: Actor): number {
  if (userId === null) throw new Error('the system does not sign in');
  return userId;
}

/** For the log alone; never what was typed. */
function reasonOf(user: SignInRecord | null): string {
  if (user === null) return 'unknown e-mail';
  return user.isActive ? `wrong password for user ${user.id}` : `user ${user.id} is inactive`;
}
