import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { asSentence } from '../../../kernel/text/sentence.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { PasswordResetService } from '../password/password-reset.service.js';
import type { UserView } from './user.view.js';
import { UserCreationService } from './user-creation.service.js';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** For the first sign-in; omitted if an identity provider handles the sign-in */
  readonly password?: string;
}

/** Creates users and resets passwords for an administrator. A password that an administrator sets must be changed. */
@Injectable()
export class UserAdministrationService {
  constructor(
    private readonly creation: UserCreationService,
    private readonly passwords: PasswordResetService,
    private readonly config: AppConfig,
  ) {}

  /** Throws VALIDATION_FAILED with all invalid fields, and EMAIL_TAKEN. */
  async create(actor: Actor, { email, name, roles, password }: NewUser): Promise<UserView> {
    const user = { email, name, roles };
    if (this.config.AUTH_JWKS_URL === undefined) {
      return this.creation.register(actor, {
        ...user,
        password: password ?? '',
        mustChangePassword: true,
      });
    }
    if (password !== undefined) {
      const message = 'password must be omitted, because the identity provider handles the sign-in';
      throw new DomainError('VALIDATION_FAILED', asSentence(message), [{ field: 'password', message }]);
    }
    // a random password that no one knows, because only the identity provider signs users in
    return this.creation.register(actor, { ...user, password: randomBytes(32).toString('base64url') });
  }

  /** Throws CANNOT_RESET_OWN_PASSWORD, because an unattended screen must not be enough to take over an account. */
  async resetPassword(actor: Actor, userId: number, password: string): Promise<UserView> {
    if (userId === actor.userId) {
      throw new DomainError(
        'CANNOT_RESET_OWN_PASSWORD',
        'You cannot reset your own password. Change it with your current password instead.',
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
