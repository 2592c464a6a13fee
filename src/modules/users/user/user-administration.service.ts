import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { PasswordResetService } from '../password/password-reset.service.js';
import type { UserView } from './user.view.js';
import { UserCreationService } from './user-creation.service.js';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** For the first sign-in; none where an identity provider signs people in */
  readonly password?: string;
}

/** Users as an administrator adds them: the password that one types for another must be changed. */
@Injectable()
export class UserAdministrationService {
  constructor(
    private readonly registration: UserCreationService,
    private readonly passwords: PasswordResetService,
    private readonly config: AppConfig,
  ) {}

  /** Throws VALIDATION_FAILED with every wrong field, and EMAIL_TAKEN. */
  async add(actor: Actor, { email, name, roles, password }: NewUser): Promise<UserView> {
    const user = { email, name, roles };
    if (this.config.AUTH_JWKS_URL === undefined) {
      return this.registration.register(actor, {
        ...user,
        password: password ?? '',
        mustChangePassword: true,
      });
    }
    if (password !== undefined) {
      const message = 'password must be left out: the identity provider signs people in';
      throw new DomainError('VALIDATION_FAILED', `P${message.slice(1)}.`, [{ field: 'password', message }]);
    }
    // one that nobody knows: only the provider's word counts
    return this.registration.register(actor, { ...user, password: randomBytes(32).toString('base64url') });
  }

  /** Throws CANNOT_RESET_OWN_PASSWORD: a screen left open must not be enough to take an account over. */
  async resetPassword(actor: Actor, userId: number, password: string): Promise<UserView> {
    if (userId === actor.userId) {
      throw new DomainError(
        'CANNOT_RESET_OWN_PASSWORD',
        'You cannot reset your own password. Change it with your present password instead.',
      );
    }
    const { user } = await this.passwords.reset(actor, userId, {
      password,
      field: 'password',
      mustChange: true,
    });
    return user;
  }
}
