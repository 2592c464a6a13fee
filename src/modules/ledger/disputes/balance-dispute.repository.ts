import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';
import type { BalanceStatus } from '../balances/balance-status.js';
import { LedgerBalance } from '../balances/ledger-balance.entity.js';
import type { DisputeStep } from './dispute-rules.js';

@Injectable()
export class BalanceDisputeRepository {
  /** Locks the balance and returns its status. Lock the account of its driver first. */
  async lockStatus(tx: Tx, balanceId: string): Promise<BalanceStatus> {
    const { status } = await tx.findOneOrFail(LedgerBalance, {
      where: { balanceId },
      lock: { mode: 'pessimistic_write' },
    });
    return status;
  }

  async record(
    tx: Tx,
    balanceId: string,
    entry: {
      readonly step: DisputeStep;
      readonly becomes: 'OPEN' | 'DISPUTED';
      readonly reason: string;
      readonly by: number | null;
      readonly at: Date;
    },
  ): Promise<void> {
    await tx.update(LedgerBalance, { balanceId }, { status: entry.becomes, updatedOn: entry.at });
    await tx.query(
      `INSERT INTO balance_disputes (balance_id, step, reason, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [balanceId, entry.step, entry.reason, entry.by, entry.at],
    );
  }
}
