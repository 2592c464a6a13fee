import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { ReplacedSchedule } from '../../schedule/installment.repository.js';

/** The loan before a payoff, and the payment of the payoff. */
interface PayoffBase {
  readonly loanStatus: 'ACTIVE' | 'ON_HOLD';
  readonly interestAccruedThrough: CalendarDate;
  /** The CREDIT of the payment of the payoff; null without a payment */
  readonly paymentPostingId: string | null;
}

export type RecordedPayoff = PayoffBase & ReplacedSchedule;

type NewPayoff = PayoffBase &
  Omit<ReplacedSchedule, 'installmentId'> & { readonly installmentNumber: number };

/** The postings of a payoff; null for those that do not exist or are voided. */
export interface PayoffPostings {
  readonly payment: string | null;
  readonly debit: string | null;
}

const RECORD = `
  INSERT INTO loan_payoffs (loan_id, schedule_version, installment_id, replaced_numbers, loan_status,
    interest_accrued_through, payment_posting_id)
  SELECT loan_id, (SELECT max(version) FROM loan_schedule_versions WHERE loan_id = $1), installment_id, $3, $4, $5, $6
  FROM loan_schedules WHERE loan_id = $1 AND installment_number = $2`;

const FIND_LATEST = `
  SELECT loan_id AS "loanId", installment_id AS "installmentId", replaced_numbers AS "replacedNumbers",
         loan_status AS "loanStatus", interest_accrued_through AS "interestAccruedThrough",
         payment_posting_id AS "paymentPostingId"
  FROM loan_payoffs
  WHERE loan_id = $1
    AND schedule_version = (SELECT max(version) FROM loan_schedule_versions WHERE loan_id = $1)`;

const ACTIVE_POSTINGS = `
  SELECT (SELECT posting_id FROM ledger_postings WHERE posting_id = $1 AND status = 'POSTED') AS payment,
         (SELECT posting_id FROM ledger_postings
          WHERE source_type = 'LOAN_INSTALLMENT' AND source_id = $2 AND status = 'POSTED') AS debit`;

@Injectable()
export class PayoffRepository {
  /** Records the payoff with the schedule version that it has just created. */
  async record(tx: Tx, payoff: NewPayoff): Promise<void> {
    await tx.query(RECORD, [
      payoff.loanId,
      payoff.installmentNumber,
      payoff.replacedNumbers,
      payoff.loanStatus,
      payoff.interestAccruedThrough,
      payoff.paymentPostingId,
    ]);
  }

  /** The payoff that created the current schedule; null if another change did. Lock the loan first. */
  async findLatest(tx: Tx, loanId: string): Promise<RecordedPayoff | null> {
    const rows = await tx.query<RecordedPayoff[]>(FIND_LATEST, [loanId]);
    return rows[0] ?? null;
  }

  async findActivePostings(
    tx: Tx,
    { paymentPostingId, installmentId }: RecordedPayoff,
  ): Promise<PayoffPostings> {
    const rows = await tx.query<[PayoffPostings]>(ACTIVE_POSTINGS, [paymentPostingId, installmentId]);
    return rows[0];
  }
}
