import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { changesNothing } from '../../../platform/audit/changed-fields.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import { IfMatch, requireMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import type { Role } from '../access/role.js';
import type { UserView } from './user.view.js';
import { UserQuery } from './user.query.js';
import { UserRepository } from './user.repository.js';
import { UserSessionService } from '../session/user-session.service.js';

export interface UserChanges {
  readonly name?: string;
  readonly roles?: Role[];
  readonly active?: boolean;
}

@Injectable()
export class UserUpdateService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly users: UserRepository,
    private readonly sessions: UserSessionService,
    private readonly query: UserQuery,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Changes the fields given. Roles count from the user's next request, and who is made inactive is signed out.
   * Throws VALIDATION_FAILED where nothing is to change, USER_NOT_FOUND, STALE_RECORD, CANNOT_CHANGE_OWN_ACCESS, LAST_ADMIN.
   */
  async update(actor: Actor, userId: number, changes: UserChanges, ifMatch?: IfMatch): Promise<UserView> {
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new DomainError('VALIDATION_FAILED', 'Name at least one field to change.');
    }
    return this.transactions.run(async (tx) => {
      // before the user, so that two changes never wait for each other
      const administrators = await this.users.lockAdministrators(tx);
      await this.users.lock(tx, userId);
      const before = await this.query.get(userId, tx);
      requireMatch(ifMatch, before);
      if (changesNothing(before, changes)) return before;
      refuseLosingAccess(actor, before, changes, administrators);
      await this.write(tx, userId, changes);
      const after = await this.query.get(userId, tx);
      await this.audit.record(tx, actor, {
        action: 'user.update',
        recordType: 'user',
        recordId: userId,
        before,
        after,
      });
      return after;
    });
  }

  private async write(tx: Tx, userId: number, { name, roles, active }: UserChanges): Promise<void> {
    const updatedOn = this.clock.now();
    await this.users.update(tx, userId, {
      name,
      roles: roles && [...new Set(roles)],
      isActive: active,
      updatedOn,
    });
    if (active === false) await this.sessions.endAllOf(tx, userId);
  }
}

/** Nobody shuts themselves out by mistake, and somebody can always let the others back in. */
function refuseLosingAccess(
  actor: Actor,
  user: UserView,
  { roles, active }: UserChanges,
  administrators: readonly number[],
): void {
  const losesRole = roles !== undefined && user.roles.includes('ADMIN') && !roles.includes('ADMIN');
  const losesAccess = active === false && user.active;
  if (!losesRole && !losesAccess) return;
  if (user.id === actor.userId) {
    throw new DomainError(
      'CANNOT_CHANGE_OWN_ACCESS',
      'You cannot end your own access or give up being ADMIN: ask another administrator.',
    );
  }
  if (administrators.includes(user.id) && administrators.length === 1) {
    throw new DomainError(
      'LAST_ADMIN',
      'This is the last active administrator; make somebody else ADMIN first.',
    );
  }
}
