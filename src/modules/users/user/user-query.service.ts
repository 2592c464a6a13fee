import { Injectable } from '@nestjs/common';
import { mayBeOnePerson } from '../access/account-control.js';
import { emailAddress } from './email-address.js';
import type { Role } from '../access/role.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** What a sign-in is checked against. The hash goes no further than the check. */
export interface SignInRecord {
  readonly id: number;
  readonly email: string;
  readonly passwordHash: string;
  readonly isActive: boolean;
}

export interface ActiveUser {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly mustChangePassword: boolean;
}

/** Who there is, for the module that signs people in. */
@Injectable()
export class UserQueryService {
  constructor(private readonly users: UserRepository) {}

  /** The user with the e-mail, in any letter case; inactive ones too, as only their password tells who asks. */
  async findForSignIn(email: string): Promise<SignInRecord | null> {
    const address = emailAddress(email);
    return address === null ? null : this.users.findByEmail(address);
  }

  /** The user as the database has it now: null once it is made inactive. */
  async findActiveById(id: number): Promise<ActiveUser | null> {
    return ifActive(await this.users.findById(id));
  }

  /** As `findActiveById`, by an e-mail in any letter case. */
  async findActiveByEmail(email: string): Promise<ActiveUser | null> {
    const address = emailAddress(email);
    return ifActive(address === null ? null : await this.users.findByEmail(address));
  }

  /** Whether one person may be behind both users: see `mayBeOnePerson`. */
  async mayBeOnePerson(authorId: number, reviewerId: number, now: Date): Promise<boolean> {
    const users = await this.users.findByIds([authorId, reviewerId]);
    const [author, reviewer] = [authorId, reviewerId].map((id) => users.find((user) => user.id === id));
    if (!author || !reviewer) throw new Error('a user is never deleted');
    return mayBeOnePerson(author, reviewer, now);
  }

  /** The user behind a session: null once either has ended. */
  async findBySession(
    sessionId: number,
    userId: number,
  ): Promise<Pick<ActiveUser, 'id' | 'roles' | 'mustChangePassword'> | null> {
    const row = await this.users.findBySession(sessionId, userId);
    return row && { id: row.id, roles: row.roles, mustChangePassword: row.must_change_password };
  }
}

function ifActive(user: User | null): ActiveUser | null {
  if (!user?.isActive) return null;
  const { id, email, name, roles, mustChangePassword } = user;
  return { id, email, name, roles, mustChangePassword };
}
