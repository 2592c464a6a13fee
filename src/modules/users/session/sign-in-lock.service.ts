import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Origin } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { waitingTime } from '../../../kernel/text/sentence.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import { networkOf } from '../../../platform/http/access/client-address.js';
import { lockSeconds } from './sign-in-lock.js';
import type { LockKey } from './sign-in-lock.repository.js';
import { SignInLockRepository } from './sign-in-lock.repository.js';
import { USER } from '../user/user.query.js';
import { UserRepository } from '../user/user.repository.js';

/** An attempt to sign in to an account with a password. */
export interface SignInAttempt {
  readonly email: string;
  /** The user of the account; null if the e-mail is unknown */
  readonly userId: number | null;
  readonly origin: Origin;
}

/**
 * Locks an account temporarily after wrong passwords, on all replicas. Unknown e-mails are locked in the same way, so that
 * the lock does not reveal which accounts exist. Each network from which the user has signed in before is counted
 * separately (docs/adr/0015), so that other people cannot lock the user out at the usual place.
 */
@Injectable()
export class SignInLockService {
  constructor(
    private readonly locks: SignInLockRepository,
    private readonly users: UserRepository,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
  ) {}

  /** Throws SIGN_IN_LOCKED while the account is locked for the network of the attempt. */
  async refuseLocked(attempt: SignInAttempt): Promise<void> {
    const seconds = await this.locks.secondsLeft(await this.keyOf(attempt));
    if (seconds > 0) throw locked(seconds);
  }

  /** Counts a wrong password and locks the account after too many. Anyone may have typed it, so the actor is unknown. */
  async recordFailure(attempt: SignInAttempt): Promise<void> {
    const { userId, origin } = attempt;
    const key = await this.keyOf(attempt);
    await this.transactions.run(async (tx) => {
      const failures = await this.locks.countFailure(tx, key);
      const seconds = lockSeconds(failures);
      if (seconds === 0) return;
      await this.locks.lock(tx, key, seconds);
      if (userId === null) return;
      const unknownActor = { userId: null, permissions: new Set<never>(), origin };
      await this.changes.record(tx, unknownActor, [
        {
          action: 'user.lock',
          record: USER,
          id: userId,
          after: { wrong_passwords: failures, locked_for_seconds: seconds },
        },
      ]);
    });
  }

  /** Clears the failures of the network from which the user has signed in; those of other networks remain. */
  async clearAt(tx: Tx, attempt: SignInAttempt): Promise<void> {
    await this.locks.clear(tx, await this.keyOf(attempt));
  }

  /** Clears all failures and ends all locks of the account. */
  async clear(tx: Tx, email: string): Promise<void> {
    await this.locks.clearAll(tx, accountOf(email));
  }

  private async keyOf({ email, userId, origin }: SignInAttempt): Promise<LockKey> {
    const network = networkOf(origin.address);
    // also queried for unknown e-mails, so that they take the same time
    const addresses = await this.users.findSignInAddresses(userId ?? 0);
    const isKnown = addresses.some((address) => networkOf(address) === network);
    return { account: accountOf(email), network: isKnown ? network : '' };
  }
}

function accountOf(email: string): Buffer {
  return createHash('sha256').update(email.trim().toLowerCase()).digest();
}

function locked(seconds: number): DomainError {
  return new DomainError(
    'SIGN_IN_LOCKED',
    `Too many wrong passwords for this e-mail: wait ${waitingTime(seconds)}, or ask an administrator to unlock it.`,
    [],
    seconds,
  );
}
