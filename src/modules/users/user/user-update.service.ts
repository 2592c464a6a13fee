import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';
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
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly users: UserRepository,
    private readonly sessions: UserSessionService,
    private readonly query: UserQuery,
  ) {}

  /**
   * Changes the given fields. New roles apply from the user's next request. A user who is made inactive is signed out.
   * Throws VALIDATION_FAILED if no field is given, USER_NOT_FOUND, STALE_RECORD, CANNOT_CHANGE_OWN_ACCESS, LAST_ADMIN.
   */
  update(actor: Actor, userId: number, changes: UserChanges, ifMatch?: IfMatch): Promise<UserView> {
    if (Object.values(changes).every((value) => value === undefined)) {
      throw new DomainError('VALIDATION_FAILED', 'Send at least one field to change.');
    }
    return this.changes.update(actor, {
      action: 'user.update',
      record: this.query,
      id: userId,
      ifMatch,
      fields: changes,
      lock: async (tx) => {
        // before the user, so that two changes never wait for each other
        const administrators = await this.users.lockAdministrators(tx);
        await this.users.lock(tx, userId);
        return administrators;
      },
      work: (tx, administrators, user) => {
        refuseLosingAccess(actor, user, changes, administrators);
        return this.write(tx, userId, changes);
      },
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

/** Users cannot end their own access by mistake, and at least one administrator always remains. */
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
      'You cannot end your own access or remove your own role ADMIN. Ask another administrator.',
    );
  }
  if (administrators.includes(user.id) && administrators.length === 1) {
    throw new DomainError(
      'LAST_ADMIN',
      'This is the last active administrator. Give another user the role ADMIN first.',
    );
  }
}
