import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
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
    private readonly audit: AuditLog,
  ) {}

  async reset(actor: Actor, email: string, password: string): Promise<void> {
    const hash = await this.passwords.hash(password);
    await this.transactions.run(async (tx) => {
      const id = await this.users.replacePasswordHash(tx, email, hash, this.clock.now());
      if (id === null) return;
      await this.audit.record(tx, actor, { action: 'user.password', recordType: 'user', recordId: id });
    });
  }
}
