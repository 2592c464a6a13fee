import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { Role } from '../access/role.js';
import { User } from './user.entity.js';

export interface SignedInRow {
  readonly id: number;
  readonly roles: Role[];
  readonly must_change_password: boolean;
}

const BY_SESSION = prepared(`
  SELECT users.id, users.roles, users.must_change_password
  FROM sessions JOIN users ON users.id = sessions.user_id
  WHERE sessions.id = $1 AND users.id = $2 AND sessions.lives_until > now() AND users.is_active`);

@Injectable()
export class UserRepository {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  /** @param email in lower case, as it is stored */
  findByEmail(email: string): Promise<User | null> {
    return this.users.findOneBy({ email });
  }

  findById(id: number): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  findByIds(ids: readonly number[]): Promise<User[]> {
    return this.users.findBy({ id: In([...ids]) });
  }

  /** The active user of an active session. One query, because every request runs it. */
  async findBySession(sessionId: number, userId: number): Promise<SignedInRow | null> {
    const [row] = await this.users.query<SignedInRow[]>(BY_SESSION, [sessionId, userId]);
    return row ?? null;
  }

  /** The IP addresses from which the user has signed in. */
  async findSignInAddresses(id: number): Promise<string[]> {
    const rows = await this.users.query<{ address: string }[]>(
      `SELECT DISTINCT address FROM audit_log
       WHERE record_type = 'user' AND record_id = $1 AND action = 'session.start' AND address IS NOT NULL`,
      [String(id)],
    );
    return rows.map(({ address }) => address);
  }

  /** Returns the id of the new user, or null if the e-mail is already in use, also by a concurrent insert. */
  async insertUnlessEmailTaken(tx: Tx, user: Omit<User, 'id'>): Promise<number | null> {
    const result = await tx
      .createQueryBuilder()
      .insert()
      .into(User)
      .values(user)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as { id: number }[])[0]?.id ?? null;
  }

  /** Locks the user for a change until the transaction ends. */
  async lock(tx: Tx, id: number): Promise<User | null> {
    return tx.findOne(User, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /**
   * Locks all active administrators and returns their ids, so that two administrators cannot deactivate each other at
   * the same time.
   */
  async lockAdministrators(tx: Tx): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT id FROM users WHERE is_active AND 'ADMIN' = ANY (roles) ORDER BY id FOR NO KEY UPDATE`,
    );
    return rows.map(({ id }) => id);
  }

  async update(tx: Tx, id: number, changes: Partial<Omit<User, 'id'>>): Promise<void> {
    await tx.update(User, { id }, changes);
  }
}
