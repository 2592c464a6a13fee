import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError, FieldError } from '../../../kernel/errors/domain-error.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions } from '../../../platform/database/transactions.js';
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
  /** As somebody typed them; at least one. */
  readonly roles: readonly string[];
  /** Whether the user must choose a password of their own at the first sign-in; not, where it is left out */
  readonly mustChangePassword?: boolean;
  /** The demo's password is published, and so no policy holds for it */
  readonly isDemo?: boolean;
}

@Injectable()
export class UserCreationService {
  constructor(
    private readonly users: UserRepository,
    private readonly query: UserQuery,
    private readonly passwords: PasswordHasherService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly config: AppConfig,
  ) {}

  /**
   * Adds an active user. Throws VALIDATION_FAILED with every wrong field, and EMAIL_TAKEN where another user,
   * also an inactive one, has the e-mail.
   */
  async register(actor: Actor, registration: Registration): Promise<UserView> {
    const { email, name, roles } = validated(registration, this.config.FLEET_NAME);
    const passwordHash = await this.passwords.hash(registration.password);
    const now = this.clock.now();
    return this.transactions.run(async (tx) => {
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
      if (id === null)
        throw new DomainError('EMAIL_TAKEN', `There is already a user with the e-mail ${email}.`);
      const user = await this.query.get(id, tx);
      await this.audit.record(tx, actor, {
        action: 'user.create',
        recordType: 'user',
        recordId: id,
        after: user,
      });
      return user;
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
