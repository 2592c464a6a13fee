import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../platform/database/transactions.js';
import { lockSeconds } from './domain/sign-in-lock.js';
import { SignInLockRepository } from './repositories/sign-in-lock.repository.js';

/**
 * Locks an account for a while after wrong passwords, on every replica alike. Accounts that do not exist are locked like
 * those that do, so that nobody learns here who has one.
 */
@Injectable()
export class SignInLocks {
  constructor(
    private readonly locks: SignInLockRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Throws SIGN_IN_LOCKED while the account refuses every password. */
  async refuseLocked(email: string): Promise<void> {
    const seconds = await this.locks.secondsLeft(accountOf(email));
    if (seconds > 0) throw locked(seconds);
  }

  /**
   * Counts a wrong password, and locks the account where it was one too many.
   * @param actor who tried, as the owner of the account; null where nobody owns it
   */
  async recordFailure(email: string, actor: Actor | null): Promise<void> {
    const account = accountOf(email);
    await this.transactions.run(async (tx) => {
      const failures = await this.locks.countFailure(tx, account);
      const seconds = lockSeconds(failures);
      if (seconds === 0) return;
      await this.locks.lock(tx, account, seconds);
      if (!actor) return;
      await this.audit.record(tx, actor, {
        action: 'user.lock',
        recordType: 'user',
        recordId: String(actor.userId),
        after: { wrong_passwords: failures, locked_for_seconds: seconds },
      });
    });
  }

  /** Forgets the wrong passwords, and ends the lock. */
  async clear(tx: Tx, email: string): Promise<void> {
    await this.locks.clear(tx, accountOf(email));
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
