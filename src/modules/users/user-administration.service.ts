import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { PasswordResetService } from './password-reset.service.js';
import type { UserView } from './queries/user-view.js';
import { UserRegistrationService } from './user-registration.service.js';

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
    private readonly registration: UserRegistrationService,
    private readonly passwords: PasswordResetService,
    private readonly config: AppConfig,
  ) {}

  /** Throws VALIDATION_FAILED with every wrong field, and EMAIL_TAKEN. */
  add(actor: Actor, { email, name, roles, password = '' }: NewUser): Promise<UserView> {
    const isSignedInElsewhere = this.config.AUTH_JWKS_URL !== undefined;
    return this.registration.register(actor, {
      email,
      name,
      roles,
      // nobody ever types it: only the provider's word counts there
      password: isSignedInElsewhere ? randomBytes(32).toString('base64url') : password,
      mustChangePassword: true,
    });
  }

  async resetPassword(actor: Actor, userId: number, password: string): Promise<UserView> {
    const { user } = await this.passwords.reset(actor, userId, {
      password,
      field: 'password',
      mustChange: true,
    });
    return user;
  }
}
