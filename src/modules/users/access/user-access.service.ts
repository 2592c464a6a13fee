import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import type { UserView } from '../user/user.view.js';
import { UserQuery } from '../user/user.query.js';
import { UserRepository } from '../user/user.repository.js';
import { SignInLockService } from '../session/sign-in-lock.service.js';
import { UserSessionService } from '../session/user-session.service.js';

interface Act {
  /** For the audit log */
  readonly reason?: string;
  readonly request?: IdempotentRequest;
}

/** What an administrator may do for somebody who is locked out, or whose machine is lost. */
@Injectable()
export class UserAccessService {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: UserRepository,
    private readonly sessions: UserSessionService,
    private readonly locks: SignInLockService,
    private readonly query: UserQuery,
    private readonly audit: AuditLog,
  ) {}

  /** Forgets the wrong passwords. Throws USER_NOT_FOUND. */
  unlock(actor: Actor, userId: number, act: Act): Promise<UserView> {
    return this.perform(actor, userId, { ...act, action: 'user.unlock' }, (tx, { email }) =>
      this.locks.clear(tx, email),
    );
  }

  /** Ends every session of the user. Throws USER_NOT_FOUND. */
  signOut(actor: Actor, userId: number, act: Act): Promise<UserView> {
    return this.perform(actor, userId, { ...act, action: 'user.sign-out' }, (tx) =>
      this.sessions.endAllOf(tx, userId),
    );
  }

  private perform(
    actor: Actor,
    userId: number,
    { action, reason = null, request }: Omit<Act, 'reason'> & { action: string; reason?: string | null },
    work: (tx: Tx, user: UserView) => Promise<unknown>,
  ): Promise<UserView> {
    return this.transactions.runIdempotent(request, async (tx) => {
      await this.users.lock(tx, userId);
      const { locked_until, active_sessions, ...user } = await this.query.get(userId, tx);
      const before = { locked_until, active_sessions, reason: null };
      await work(tx, { ...user, locked_until, active_sessions });
      const after = await this.query.get(userId, tx);
      await this.audit.record(tx, actor, {
        action,
        recordType: 'user',
        recordId: userId,
        before,
        after: { locked_until: after.locked_until, active_sessions: after.active_sessions, reason },
      });
      return after;
    });
  }
}
