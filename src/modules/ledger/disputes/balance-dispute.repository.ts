import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';
import type { DisputeStep } from './dispute-rules.js';

@Injectable()
export class BalanceDisputeRepository {
  /** Locks the balance and returns its status. Lock the account of its driver first. */
  async lockStatus(tx: Tx, balanceId: string): Promise<string> {
    const rows = await tx.query<[{ status: string }]>(
      'SELECT status FROM ledger_balances WHERE balance_id = $1 FOR UPDATE',
      [balanceId],
    );
    return rows[0].status;
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
    await tx.query('UPDATE ledger_balances SET status = $2, updated_on = $3 WHERE balance_id = $1', [
      balanceId,
      entry.becomes,
      entry.at,
    ]);
    await tx.query(
      `INSERT INTO balance_disputes (balance_id, step, reason, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [balanceId, entry.step, entry.reason, entry.by, entry.at],
    );
  }
}
