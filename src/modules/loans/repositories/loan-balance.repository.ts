import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';

/** What an installment of a loan still owes in the ledger. */
export interface LoanBalance {
  readonly balanceId: string;
  readonly status: 'OPEN' | 'DISPUTED';
  readonly outstanding: Money;
}

/** A loan is written off by one CREDIT, whose source is the loan; voided, it is none. */
const isWriteOffOf = (loanId: string): string => `
  p.source_type = 'WRITE_OFF' AND p.source_id = ${loanId} AND p.status = 'POSTED' AND p.posting_type = 'CREDIT'`;

const UNSETTLED = `
  SELECT b.balance_id, b.status, b.outstanding_balance
  FROM loan_schedules s JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
  WHERE s.loan_id = $1 AND b.status IN ('OPEN', 'DISPUTED')
  ORDER BY b.due_date, b.posting_id`;

const WRITTEN_OFF = `
  SELECT s.installment_id, sum(a.amount_allocated)::numeric(12,2) AS amount
  FROM loan_schedules s
  JOIN ledger_postings p ON ${isWriteOffOf('s.loan_id')}
  JOIN payment_allocations a ON a.payment_posting_id = p.posting_id AND a.balance_id = s.ledger_balance_id
  WHERE s.installment_id = ANY($1)
  GROUP BY s.installment_id`;

/** The interest of what is unposted was not earned yet: it is skipped, and no loss. */
const WRITE_OFF_UNPOSTED = `
  UPDATE loan_schedules
  SET status = 'SKIPPED', principal_written_off = principal_amount, outstanding_balance = interest_amount,
      updated_on = $2
  WHERE loan_id = $1 AND status = 'SCHEDULED'`;

const RESTORE_WRITTEN_OFF = `
  UPDATE loan_schedules s
  SET status = 'SCHEDULED', principal_written_off = 0, outstanding_balance = total_due, updated_on = $2
  WHERE s.loan_id = ANY($1) AND s.status = 'SKIPPED' AND s.principal_written_off > 0
    AND NOT EXISTS (SELECT 1 FROM ledger_postings p WHERE ${isWriteOffOf('s.loan_id')})`;

/** Loans as the ledger sees them: the balances of their installments, and the CREDIT that wrote them off. */
@Injectable()
export class LoanBalanceRepository {
  /** The oldest due date first. Lock the account before. */
  async listUnsettled(tx: Tx, loanId: string): Promise<LoanBalance[]> {
    const rows = await tx.query<
      { balance_id: string; status: LoanBalance['status']; outstanding_balance: string }[]
    >(UNSETTLED, [loanId]);
    return rows.map((row) => ({
      balanceId: row.balance_id,
      status: row.status,
      outstanding: Money.of(row.outstanding_balance),
    }));
  }

  /** What standing write-offs settle of the installments; those on which they settle nothing are left out. */
  async writtenOffOf(tx: Tx, installmentIds: readonly string[]): Promise<ReadonlyMap<string, Money>> {
    const rows = await tx.query<{ installment_id: string; amount: string }[]>(WRITTEN_OFF, [installmentIds]);
    return new Map(rows.map((row) => [row.installment_id, Money.of(row.amount)]));
  }

  /** The CREDIT by which the loan is written off. */
  async findWriteOff(tx: Tx, loanId: string): Promise<string | null> {
    const rows = await tx.query<{ posting_id: string }[]>(
      `SELECT posting_id FROM ledger_postings p WHERE ${isWriteOffOf('$1')}`,
      [loanId],
    );
    return rows[0]?.posting_id ?? null;
  }

  /** Skips the unposted installments and gives their principal up. */
  async writeOffUnposted(tx: Tx, loanId: string, at: Date): Promise<void> {
    await tx.query(WRITE_OFF_UNPOSTED, [loanId, at]);
  }

  /** Schedules again what the write-off of a loan skipped, where it no longer stands in the ledger. */
  async restoreWrittenOff(tx: Tx, loanIds: readonly string[], at: Date): Promise<void> {
    await tx.query(RESTORE_WRITTEN_OFF, [loanIds, at]);
  }
}
