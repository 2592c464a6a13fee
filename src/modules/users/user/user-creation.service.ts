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

/** A new user without a password. */
interface NewUser {
  readonly email: string;
  readonly name: string;
  /** At least one, as typed */
  readonly roles: readonly string[];
}

export interface Registration extends NewUser {
  readonly password: string;
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

  /** Checks everything but the password, before someone is asked for it. Throws like `register`. */
  async requireNewUser(user: NewUser): Promise<void> {
    const { email } = validated(user, null);
    if ((await this.users.findByEmail(email)) !== null) throw emailTaken(email);
  }

  /**
   * Adds an active user. Throws VALIDATION_FAILED with every invalid field, and EMAIL_TAKEN if another user, active or
   * not, has the e-mail address.
   */
  async register(actor: Actor, registration: Registration): Promise<UserView> {
    const { email, name, roles } = validated(registration, this.passwordRefusalOf(registration));
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
        throw emailTaken(email);
      },
    });
  }

  private passwordRefusalOf({ email, password, isDemo }: Registration): string | null {
    return isDemo ? null : passwordRefusal(password, { email, fleetName: this.config.FLEET_NAME });
  }
}

function emailTaken(email: string): DomainError {
  return new DomainError('EMAIL_TAKEN', `A user with the e-mail ${email} already exists.`);
}

function validated(
  user: NewUser,
  wrongPassword: string | null,
): { email: string; name: string; roles: Role[] } {
  const email = emailAddress(user.email);
  const name = user.name.trim();
  const roles = [...new Set(user.roles)].filter(isRole);
  const errors: FieldError[] = [];
  if (email === null) {
    errors.push({ field: 'email', message: 'The e-mail must be an address such as clerk@example.com.' });
  }
  if (!/^\P{Cc}+$/u.test(name) || name.length > MAX_NAME_LENGTH) {
    errors.push({ field: 'name', message: `The name must have 1 to ${MAX_NAME_LENGTH} characters.` });
  }
  if (wrongPassword !== null) errors.push({ field: 'password', message: wrongPassword });
  if (roles.length === 0 || !user.roles.every(isRole)) {
    errors.push({ field: 'roles', message: `Each role must be one of ${ROLES.join(', ')}.` });
  }
  if (email === null || errors.length > 0) {
    throw new DomainError('VALIDATION_FAILED', errors.map((error) => error.message).join(' '), errors);
  }
  return { email, name, roles };
}
