import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../platform/idempotency/idempotent-request.js';
import type { UserView } from './queries/user-view.js';
import { UserQuery } from './queries/user.query.js';
import { UserRepository } from './repositories/user.repository.js';
import { SignInLocks } from './sign-in-locks.service.js';
import { UserSessions } from './user-sessions.service.js';

/** What an administrator may do for somebody who is locked out, or whose machine is lost. */
@Injectable()
export class UserAccessService {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: UserRepository,
    private readonly sessions: UserSessions,
    private readonly locks: SignInLocks,
    private readonly query: UserQuery,
    private readonly audit: AuditLog,
  ) {}

  /** Forgets the wrong passwords. Throws USER_NOT_FOUND. */
  unlock(actor: Actor, userId: number, request?: IdempotentRequest): Promise<UserView> {
    return this.transactions.runOnce(request, async (tx) => {
      await this.users.lock(tx, userId);
      const before = await this.query.get(userId, tx);
      await this.locks.clear(tx, before.email);
      const after = await this.query.get(userId, tx);
      const act = { action: 'user.unlock', recordType: 'user', recordId: userId };
      await this.audit.record(tx, actor, { ...act, before, after });
      return after;
    });
  }

  /** Ends every session of the user. Throws USER_NOT_FOUND. */
  signOut(actor: Actor, userId: number, request?: IdempotentRequest): Promise<UserView> {
    return this.transactions.runOnce(request, async (tx) => {
      await this.users.lock(tx, userId);
      const before = await this.query.get(userId, tx);
      await this.sessions.endAllOf(tx, userId);
      const after = await this.query.get(userId, tx);
      const act = { action: 'user.sign-out', recordType: 'user', recordId: userId };
      await this.audit.record(tx, actor, { ...act, before, after });
      return after;
    });
  }
}
