import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Tx } from '../../../platform/database/transactions.js';
import { User } from '../entities/user.entity.js';

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

  /** Answers the new user's id, or null where the e-mail is taken, also by a registration of the same moment. */
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

  /**
   * Answers the user's id, or null where nobody has the e-mail.
   * @param email in lower case, as it is stored
   */
  async replacePasswordHash(
    tx: Tx,
    email: string,
    passwordHash: string,
    updatedOn: Date,
  ): Promise<number | null> {
    const [rows] = await tx.query<[{ id: number }[], number]>(
      'UPDATE users SET password_hash = $2, updated_on = $3 WHERE email = $1 RETURNING id',
      [email, passwordHash, updatedOn],
    );
    return rows[0]?.id ?? null;
  }
}
