import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError, FieldError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { emailAddress } from './email-address.js';
import { passwordRefusal } from '../password/password-policy.js';
import { isRole, Role, ROLES } from '../access/role.js';
import { PasswordHasherService } from '../password/password-hasher.service.js';
import type { UserView } from './user.view.js';
import { UserQuery } from './user.query.js';
import { UserRepository } from './user.repository.js';

const MAX_NAME_LENGTH = 120;

export interface Registration {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** At least one, as typed */
  readonly roles: readonly string[];
  /** Whether the user must choose a new password at the first sign-in; default false */
  readonly mustChangePassword?: boolean;
  /** The password of the demo users is published, so it is not checked against the password policy */
  readonly isDemo?: boolean;
}

@Injectable()
export class UserCreationService {
  constructor(
    private readonly users: UserRepository,
    private readonly query: UserQuery,
    private readonly passwords: PasswordHasherService,
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /**
   * Adds an active user. Throws VALIDATION_FAILED with every invalid field, and EMAIL_TAKEN if another user, active or
   * not, has the e-mail address.
   */
  async register(actor: Actor, registration: Registration): Promise<UserView> {
    const { email, name, roles } = validated(registration, this.config.FLEET_NAME);
    const passwordHash = await this.passwords.hash(registration.password);
    const now = this.clock.now();
    return this.changes.create(actor, {
      action: 'user.create',
      record: this.query,
      work: async (tx) => {
        const id = await this.users.insertUnlessEmailTaken(tx, {
          email,
          name,
          passwordHash,
          roles,
          isActive: true,
          mustChangePassword: registration.mustChangePassword ?? false,
          createdOn: now,
          createdBy: actor.userId,
          passwordResetBy: null,
          passwordResetOn: null,
          updatedOn: now,
        });
        if (id !== null) return id;
        throw new DomainError('EMAIL_TAKEN', `A user with the e-mail ${email} already exists.`);
      },
    });
  }
}

function validated(
  registration: Registration,
  fleetName: string,
): { email: string; name: string; roles: Role[] } {
  const email = emailAddress(registration.email);
  const name = registration.name.trim();
  const roles = [...new Set(registration.roles)].filter(isRole);
  const wrongPassword = registration.isDemo
    ? null
    : passwordRefusal(registration.password, { email: registration.email, fleetName });

  const errors: FieldError[] = [];
  if (email === null) {
    errors.push({ field: 'email', message: 'The e-mail must be an address such as clerk@example.com.' });
  }
  if (!/^\P{Cc}+$/u.test(name) || name.length > MAX_NAME_LENGTH) {
    errors.push({ field: 'name', message: `The name must have 1 to ${MAX_NAME_LENGTH} characters.` });
  }
  if (wrongPassword !== null) errors.push({ field: 'password', message: wrongPassword });
  if (roles.length === 0 || !registration.roles.every(isRole)) {
    errors.push({ field: 'roles', message: `Each role must be one of ${ROLES.join(', ')}.` });
  }
  if (email === null || errors.length > 0) {
    throw new DomainError('VALIDATION_FAILED', errors.map((error) => error.message).join(' '), errors);
  }
  return { email, name, roles };
}
