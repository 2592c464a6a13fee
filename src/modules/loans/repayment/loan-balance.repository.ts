import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { RecoveryPosition } from '../loan/recovery.js';
import { wasPosted } from '../loan/figures.sql.js';

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
  SELECT s.installment_id, sum(a.amount_allocated)::numeric(20,2) AS amount
  FROM loan_schedules s
  JOIN ledger_postings p ON ${isWriteOffOf('s.loan_id')}
  JOIN payment_allocations a ON a.payment_posting_id = p.posting_id AND a.balance_id = s.ledger_balance_id
  WHERE s.installment_id = ANY($1)
  GROUP BY s.installment_id`;

const RECOVERY_POSITION = `
  SELECT l.recovered, coalesce(sum(s.principal_written_off + s.interest_written_off), 0)::numeric(12,2) AS written_off
  FROM driver_loans l JOIN loan_schedules s USING (loan_id)
  WHERE l.loan_id = $1
  GROUP BY l.recovered`;

/** The interest of what is unposted was not earned yet: it is skipped, and no loss. */
const WRITE_OFF_UNPOSTED = `
  UPDATE loan_schedules
  SET status = 'SKIPPED', principal_written_off = principal_amount, outstanding_balance = 0, updated_on = $2
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

  /** Whether an installment of the loan was ever posted, also where that posting is voided. */
  async wasPosted(tx: Tx, loanId: string): Promise<boolean> {
    const rows = await tx.query<[{ was_posted: boolean }]>(`SELECT ${wasPosted('$1')} AS was_posted`, [
      loanId,
    ]);
    return rows[0].was_posted;
  }

  /** The CREDIT by which the loan is written off. */
  async findWriteOff(tx: Tx, loanId: string): Promise<string | null> {
    const rows = await tx.query<{ posting_id: string }[]>(
      `SELECT posting_id FROM ledger_postings p WHERE ${isWriteOffOf('$1')}`,
      [loanId],
    );
    return rows[0]?.posting_id ?? null;
  }

  /** What of the loan is written off, and recovered of that. Lock the loan before. */
  async recoveryPosition(tx: Tx, loanId: string): Promise<RecoveryPosition> {
    const rows = await tx.query<[{ written_off: string; recovered: string }]>(RECOVERY_POSITION, [loanId]);
    const [{ written_off, recovered }] = rows;
    return { loanId, writtenOff: Money.of(written_off), recovered: Money.of(recovered) };
  }

  /** The RECOVERY posting is money of this loan; what is recovered of the loan follows. */
  async insertRecovery(tx: Tx, postingId: string, loanId: string, amount: Money): Promise<void> {
    await tx.query('INSERT INTO loan_recoveries (posting_id, loan_id, amount) VALUES ($1, $2, $3)', [
      postingId,
      loanId,
      amount.toString(),
    ]);
  }

  /** The RECOVERY postings of the loan, voided ones too. */
  async recoveriesOf(db: SqlRunner, loanId: string): Promise<string[]> {
    const rows = await db.query<{ posting_id: string }[]>(
      'SELECT posting_id FROM loan_recoveries WHERE loan_id = $1',
      [loanId],
    );
    return rows.map(({ posting_id }) => posting_id);
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
