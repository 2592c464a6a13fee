import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Origin } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import { networkOf } from '../../../platform/http/access/client-address.js';
import { lockSeconds } from './sign-in-lock.js';
import type { LockKey } from './sign-in-lock.repository.js';
import { SignInLockRepository } from './sign-in-lock.repository.js';
import { USER } from '../user/user.query.js';
import { UserRepository } from '../user/user.repository.js';

/** Somebody who types a password for an account. */
export interface SignInAttempt {
  readonly email: string;
  /** Whose account it is; null where nobody has the e-mail */
  readonly userId: number | null;
  readonly origin: Origin;
}

/**
 * Locks an account for a while after wrong passwords, on every replica alike. Accounts that do not exist are locked like
 * those that do, so that nobody learns here who has one. A network that the user signed in from before is counted apart
 * (docs/adr/0015): strangers lock out strangers, and never the user at the desk.
 */
@Injectable()
export class SignInLockService {
  constructor(
    private readonly locks: SignInLockRepository,
    private readonly users: UserRepository,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
  ) {}

  /** Throws SIGN_IN_LOCKED while the account refuses every password from there. */
  async refuseLocked(attempt: SignInAttempt): Promise<void> {
    const seconds = await this.locks.secondsLeft(await this.keyOf(attempt));
    if (seconds > 0) throw locked(seconds);
  }

  /** Counts a wrong password, and locks the account where it was one too many. Nobody knows who typed it. */
  async recordFailure(attempt: SignInAttempt): Promise<void> {
    const { userId, origin } = attempt;
    const key = await this.keyOf(attempt);
    await this.transactions.run(async (tx) => {
      const failures = await this.locks.countFailure(tx, key);
      const seconds = lockSeconds(failures);
      if (seconds === 0) return;
      await this.locks.lock(tx, key, seconds);
      if (userId === null) return;
      const nobody = { userId: null, permissions: new Set<never>(), origin };
      await this.changes.record(tx, nobody, [
        {
          action: 'user.lock',
          record: USER,
          id: userId,
          after: { wrong_passwords: failures, locked_for_seconds: seconds },
        },
      ]);
    });
  }

  /** Forgets the wrong passwords that were typed where the user has signed in now; what strangers typed still counts. */
  async clearAt(tx: Tx, attempt: SignInAttempt): Promise<void> {
    await this.locks.clear(tx, await this.keyOf(attempt));
  }

  /** Forgets the wrong passwords, and ends every lock of the account. */
  async clear(tx: Tx, email: string): Promise<void> {
    await this.locks.clearAll(tx, accountOf(email));
  }

  private async keyOf({ email, userId, origin }: SignInAttempt): Promise<LockKey> {
    const network = networkOf(origin.address);
    // asked for unknown e-mails too, so that they take no less time
    const addresses = await this.users.findSignInAddresses(userId ?? 0);
    const isKnown = addresses.some((address) => networkOf(address) === network);
    return { account: accountOf(email), network: isKnown ? network : '' };
  }
}

function accountOf(email: string): Buffer {
  return createHash('sha256').update(email.trim().toLowerCase()).digest();
}

function locked(seconds: number): DomainError {
  const wait = seconds > 60 ? `${Math.ceil(seconds / 60)} minutes` : 'a minute';
  return new DomainError(
    'SIGN_IN_LOCKED',
    `Too many wrong passwords for this e-mail: wait ${wait}, or ask an administrator to unlock it.`,
    [],
    seconds,
  );
}
