import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import { Transactions } from '../../platform/database/transactions.js';
import { PasswordHasher } from './password-hasher.js';
import { UserRepository } from './repositories/user.repository.js';

/** Gives a user another password without asking for the old one. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async reset(email: string, password: string): Promise<void> {
    const hash = await this.passwords.hash(password);
    await this.transactions.run((tx) => this.users.replacePasswordHash(tx, email, hash, this.clock.now()));
  }
}
