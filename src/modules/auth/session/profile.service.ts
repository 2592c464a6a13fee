import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { permissionsOf, UserQueryService } from '../../users/index.js';
import type { ProfileView } from './session.view.js';

@Injectable()
export class ProfileService {
  constructor(
    private readonly users: UserQueryService,
    private readonly clock: Clock,
  ) {}

  /** Throws UNAUTHENTICATED if the user was made inactive after the request started. */
  async get(actor: Actor): Promise<ProfileView> {
    const user = actor.userId === null ? null : await this.users.findActiveById(actor.userId);
    if (user === null) throw new DomainError('UNAUTHENTICATED', 'The account is no longer active.');
    const { id, email, name, roles } = user;
    // a user with a token of the identity provider has no password here
    const must_change_password = user.mustChangePassword && actor.sessionId !== undefined;
    return {
      id,
      email,
      name,
      roles: [...roles],
      permissions: [...permissionsOf(roles)],
      must_change_password,
      time_zone: this.clock.timeZone,
    };
  }
}
