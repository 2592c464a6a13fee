import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import type { UserView } from '../user/user.view.js';
import { UserQuery } from '../user/user.query.js';
import { UserRepository } from '../user/user.repository.js';
import { SignInLockService } from '../session/sign-in-lock.service.js';
import { UserSessionService } from '../session/user-session.service.js';

interface AccessChange {
  /** For the audit log */
  readonly reason?: string;
  readonly request?: IdempotentRequest;
}

/** What an administrator can do for a user who is locked out or has lost a device. */
@Injectable()
export class UserAccessService {
  constructor(
    private readonly changes: Changes,
    private readonly users: UserRepository,
    private readonly sessions: UserSessionService,
    private readonly locks: SignInLockService,
    private readonly query: UserQuery,
  ) {}

  /** Ends the lock after wrong passwords. Throws USER_NOT_FOUND. */
  unlock(actor: Actor, userId: number, change: AccessChange): Promise<UserView> {
    return this.perform(actor, userId, { ...change, action: 'user.unlock' }, (tx, { email }) =>
      this.locks.clear(tx, email),
    );
  }

  /** Ends every session of the user. Throws USER_NOT_FOUND. */
  signOut(actor: Actor, userId: number, change: AccessChange): Promise<UserView> {
    return this.perform(actor, userId, { ...change, action: 'user.sign-out' }, (tx) =>
      this.sessions.endAllOf(tx, userId),
    );
  }

  /** Ends every session of the actor, who signs out everywhere. Returns their number. */
  signOutSelf(actor: Actor, userId: number): Promise<{ sessions_ended: number }> {
    return this.changes.update(actor, {
      action: 'user.sign-out',
      record: this.query,
      id: userId,
      lock: (tx) => this.users.lock(tx, userId),
      work: (tx) => this.sessions.endAllOf(tx, userId),
      answer: (_, sessions_ended) => ({ sessions_ended }),
    });
  }

  private perform(
    actor: Actor,
    userId: number,
    { action, reason, request }: AccessChange & { readonly action: 'user.unlock' | 'user.sign-out' },
    work: (tx: Tx, user: UserView) => Promise<unknown>,
  ): Promise<UserView> {
    return this.changes.update(actor, {
      action,
      record: this.query,
      id: userId,
      request,
      lock: (tx) => this.users.lock(tx, userId),
      work: (tx, _, user) => work(tx, user),
      details: { reason },
    });
  }
}
