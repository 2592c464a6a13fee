import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import { orderOfPayment } from '../../ledger/index.js';
import type { RecoveryPosition } from '../loan/recovery.js';
import { wasPosted } from '../loan/figures.sql.js';

/** The unsettled ledger balance of an installment. */
export interface LoanBalance {
  readonly balanceId: string;
  readonly status: 'OPEN' | 'DISPUTED';
  readonly outstanding: Money;
}

/** The write-off of a loan is the CREDIT with the loan as its source that is not voided. */
const isWriteOffOf = (loanId: string): string => `
  p.source_type = 'WRITE_OFF' AND p.source_id = ${loanId} AND p.status = 'POSTED' AND p.posting_type = 'CREDIT'`;

const UNSETTLED = `
  SELECT b.balance_id, b.status, b.outstanding_balance
  FROM loan_schedules s JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
  WHERE s.loan_id = $1 AND b.status IN ('OPEN', 'DISPUTED')
  ORDER BY ${orderOfPayment('b')}`;

const WRITTEN_OFF = prepared(`
  SELECT s.installment_id, sum(a.amount_allocated)::numeric(20,2) AS amount
  FROM loan_schedules s
  JOIN ledger_postings p ON ${isWriteOffOf('s.loan_id')}
  JOIN payment_allocations a ON a.payment_posting_id = p.posting_id AND a.balance_id = s.ledger_balance_id
  WHERE s.installment_id = ANY($1)
  GROUP BY s.installment_id`);

const RECOVERY_POSITION = `
  SELECT l.recovered, coalesce(sum(s.principal_written_off + s.interest_written_off), 0)::numeric(12,2) AS written_off,
    (SELECT p.posted_at FROM ledger_postings p WHERE ${isWriteOffOf('$1')}) AS written_off_at
  FROM driver_loans l JOIN loan_schedules s USING (loan_id)
  WHERE l.loan_id = $1
  GROUP BY l.recovered`;

/** The interest of unposted installments was not earned yet, so it is skipped and not written off. */
const WRITE_OFF_UNPOSTED = `
  UPDATE loan_schedules
  SET status = 'SKIPPED', principal_written_off = principal_amount, outstanding_balance = 0, updated_on = $2
  WHERE loan_id = $1 AND status = 'SCHEDULED'`;

const RESTORE_WRITTEN_OFF = prepared(`
  UPDATE loan_schedules s
  SET status = 'SCHEDULED', principal_written_off = 0, outstanding_balance = total_due, updated_on = $2
  WHERE s.loan_id = ANY($1) AND s.status = 'SKIPPED' AND s.principal_written_off > 0
    AND NOT EXISTS (SELECT 1 FROM ledger_postings p WHERE ${isWriteOffOf('s.loan_id')})`);

/** Reads and writes the link between loans and the ledger: installment balances, write-offs and recoveries. */
@Injectable()
export class LoanBalanceRepository {
  /** The OPEN and DISPUTED balances of the loan, in the order of payment. Lock the account first. */
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

  /**
   * The amounts that active write-offs settle on the installments, without installments on which they settle nothing.
   */
  async writtenOffOf(tx: Tx, installmentIds: readonly string[]): Promise<ReadonlyMap<string, Money>> {
    const rows = await tx.query<{ installment_id: string; amount: string }[]>(WRITTEN_OFF, [installmentIds]);
    return new Map(rows.map((row) => [row.installment_id, Money.of(row.amount)]));
  }

  /** Whether an installment of the loan was ever posted, even if that posting is voided. */
  async wasPosted(tx: Tx, loanId: string): Promise<boolean> {
    const rows = await tx.query<[{ was_posted: boolean }]>(`SELECT ${wasPosted('$1')} AS was_posted`, [
      loanId,
    ]);
    return rows[0].was_posted;
  }

  /** The posting id of the write-off of the loan; null if it has none. */
  async findWriteOff(tx: Tx, loanId: string): Promise<string | null> {
    const rows = await tx.query<{ posting_id: string }[]>(
      `SELECT posting_id FROM ledger_postings p WHERE ${isWriteOffOf('$1')}`,
      [loanId],
    );
    return rows[0]?.posting_id ?? null;
  }

  /** The written-off and recovered amounts of the loan, and the time of its write-off. Lock the loan first. */
  async recoveryPosition(tx: Tx, loanId: string): Promise<RecoveryPosition> {
    const rows = await tx.query<[{ written_off: string; recovered: string; written_off_at: Date | null }]>(
      RECOVERY_POSITION,
      [loanId],
    );
    const [{ written_off, recovered, written_off_at: writtenOffAt }] = rows;
    return { loanId, writtenOff: Money.of(written_off), recovered: Money.of(recovered), writtenOffAt };
  }

  /** Links the RECOVERY posting to the loan. A trigger updates the recovered amount of the loan. */
  async insertRecovery(tx: Tx, postingId: string, loanId: string, amount: Money): Promise<void> {
    await tx.query('INSERT INTO loan_recoveries (posting_id, loan_id, amount) VALUES ($1, $2, $3)', [
      postingId,
      loanId,
      amount.toString(),
    ]);
  }

  /** The RECOVERY postings of the loan, including voided ones. */
  async recoveriesOf(db: SqlRunner, loanId: string): Promise<string[]> {
    const rows = await db.query<{ posting_id: string }[]>(
      'SELECT posting_id FROM loan_recoveries WHERE loan_id = $1',
      [loanId],
    );
    return rows.map(({ posting_id }) => posting_id);
  }

  /** Skips the unposted installments and writes off their principal. */
  async writeOffUnposted(tx: Tx, loanId: string, at: Date): Promise<void> {
    await tx.query(WRITE_OFF_UNPOSTED, [loanId, at]);
  }

  /** Reschedules the installments that a write-off skipped, if that write-off is voided. */
  async restoreWrittenOff(tx: Tx, loanIds: readonly string[], at: Date): Promise<void> {
    await tx.query(RESTORE_WRITTEN_OFF, [loanIds, at]);
  }
}
