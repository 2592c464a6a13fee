import { Injectable } from '@nestjs/common';
import { mayBeOnePerson } from '../access/account-control.js';
import { emailAddress } from './email-address.js';
import type { Role } from '../access/role.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** The data that a sign-in is checked against. The hash is used only for the check. */
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

/** Finds users for the other modules. */
@Injectable()
export class UserQueryService {
  constructor(private readonly users: UserRepository) {}

  /**
   * The user with the e-mail, regardless of letter case. Includes inactive users, so that their sign-in takes the same
   * time.
   */
  async findForSignIn(email: string): Promise<SignInRecord | null> {
    const address = emailAddress(email);
    return address === null ? null : this.users.findByEmail(address);
  }

  /** The current data of the user; null if the user is inactive. */
  async findActiveById(id: number): Promise<ActiveUser | null> {
    return ifActive(await this.users.findById(id));
  }

  /** Like `findActiveById`, by e-mail, regardless of letter case. */
  async findActiveByEmail(email: string): Promise<ActiveUser | null> {
    const address = emailAddress(email);
    return ifActive(address === null ? null : await this.users.findByEmail(address));
  }

  /** Whether both users may be the same person: see `mayBeOnePerson` in account-control.ts. */
  async mayBeOnePerson(authorId: number, reviewerId: number, now: Date): Promise<boolean> {
    const users = await this.users.findByIds([authorId, reviewerId]);
    const [author, reviewer] = [authorId, reviewerId].map((id) => users.find((user) => user.id === id));
    if (!author || !reviewer) throw new Error('a user is never deleted');
    return mayBeOnePerson(author, reviewer, now);
  }

  /** The user of a session; null if the session has ended or the user is inactive. */
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
