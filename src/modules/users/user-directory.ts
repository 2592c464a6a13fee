import { Injectable } from '@nestjs/common';
import { emailAddress } from './domain/email-address.js';
import type { Role } from './domain/role.js';
import { UserRepository } from './repositories/user.repository.js';

/** What a sign-in is checked against. The hash goes no further than the check. */
export interface SignInRecord {
  readonly id: number;
  readonly passwordHash: string;
  readonly isActive: boolean;
}

export interface ActiveUser {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Who there is, for the module that signs people in. */
@Injectable()
export class UserDirectory {
  constructor(private readonly users: UserRepository) {}

  /** The user with the e-mail, in any letter case; inactive ones too, as only their password tells who asks. */
  async findForSignIn(email: string): Promise<SignInRecord | null> {
    const address = emailAddress(email);
    return address === null ? null : this.users.findByEmail(address);
  }

  /** The user as the database has it now: null once it is made inactive. */
  async findActiveById(id: number): Promise<ActiveUser | null> {
    const user = await this.users.findById(id);
    if (!user?.isActive) return null;
    return { id: user.id, email: user.email, name: user.name, roles: user.roles };
  }
}
