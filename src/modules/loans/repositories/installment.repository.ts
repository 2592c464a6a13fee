import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { InstallmentSettlement } from '../domain/installment-payment.js';
import type { PlannedInstallment } from '../domain/loan-schedule.js';

/** What the installment is made of, as far as following its payments needs it. */
export interface OwedInstallment {
  readonly installmentId: string;
  readonly interest: Money;
  readonly principal: Money;
}

/** Planned installments, and the loan whose they are. */
interface InstallmentsOfLoan {
  readonly loanId: string;
  readonly installments: readonly PlannedInstallment[];
}

/** What decides how a loan's life may go on. */
export interface PostingState {
  readonly postedCount: number;
  /** The latest due date of those that stand posted; after a move it need not be that of the highest number */
  readonly lastPostedDueDate: CalendarDate | null;
  /** Principal of the unposted installments, in the order of their numbers */
  readonly unposted: readonly { readonly number: number; readonly principal: Money }[];
  /** What is posted and neither paid nor written off */
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  /** The number that the next installment would have */
  readonly nextNumber: number;
}

const INSERT = `
  INSERT INTO loan_schedules (installment_id, loan_id, installment_number, due_date, week_start, week_end,
    principal_amount, interest_amount, total_due, outstanding_balance, interest_principal, interest_rate,
    interest_days, status, created_on, updated_on)
  SELECT loan_id || '-INST-' || lpad(number::text, greatest(2, length(number::text)), '0'), loan_id, number, due_date,
         due_date - 6, due_date, principal, interest, principal + interest, principal + interest, base, rate, days,
         'SCHEDULED', $1::timestamptz, $1::timestamptz
  FROM unnest($2::text[], $3::integer[], $4::date[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[],
         $9::integer[])
    WITH ORDINALITY AS planned (loan_id, number, due_date, principal, interest, base, rate, days, position)
  ORDER BY position`;

const MOVE = `
  UPDATE loan_schedules s
  SET due_date = planned.due_date, week_start = planned.due_date - 6, week_end = planned.due_date,
      interest_amount = planned.interest, total_due = s.principal_amount + planned.interest,
      outstanding_balance = s.principal_amount + planned.interest, interest_principal = planned.base,
      interest_days = planned.days, updated_on = $2::timestamptz
  FROM unnest($3::integer[], $4::date[], $5::numeric[], $6::numeric[], $7::integer[])
    AS planned (number, due_date, interest, base, days)
  WHERE s.loan_id = $1 AND s.installment_number = planned.number AND s.status = 'SCHEDULED'`;

const APPLY_SETTLEMENTS = `
  UPDATE loan_schedules s
  SET interest_paid = paid.interest, principal_paid = paid.principal, interest_written_off = paid.interest_off,
      principal_written_off = paid.principal_off, outstanding_balance = paid.outstanding,
      status = CASE WHEN paid.outstanding = 0 THEN 'PAID' ELSE 'POSTED' END, updated_on = $1::timestamptz
  FROM unnest($2::text[], $3::numeric[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[])
    AS paid (installment_id, interest, principal, interest_off, principal_off, outstanding)
  WHERE s.installment_id = paid.installment_id`;

@Injectable()
export class InstallmentRepository {
  /** Adds the planned installments to their loans, in the order in which they are given. */
  async insertPlans(tx: Tx, plans: readonly InstallmentsOfLoan[], at: Date): Promise<void> {
    const installments = plans.flatMap((plan) => plan.installments);
    await tx.query(INSERT, [
      at,
      plans.flatMap((plan) => plan.installments.map(() => plan.loanId)),
      installments.map(({ number }) => number),
      installments.map(({ dueDate }) => dueDate),
      installments.map(({ principal }) => principal.toString()),
      installments.map(({ interest }) => interest.toString()),
      installments.map(({ interestBasis }) => interestBasis.principal.toString()),
      installments.map(({ interestBasis }) => interestBasis.annualRate.toString()),
      installments.map(({ interestBasis }) => interestBasis.days),
    ]);
  }

  /** Gives unposted installments the weeks and the interest of the new plan; their principal stays. */
  async move(tx: Tx, loanId: string, installments: readonly PlannedInstallment[], at: Date): Promise<void> {
    await tx.query(MOVE, [
      loanId,
      at,
      installments.map(({ number }) => number),
      installments.map(({ dueDate }) => dueDate),
      installments.map(({ interest }) => interest.toString()),
      installments.map(({ interestBasis }) => interestBasis.principal.toString()),
      installments.map(({ interestBasis }) => interestBasis.days),
    ]);
  }

  async skipUnposted(tx: Tx, loanId: string, at: Date): Promise<void> {
    await tx.query(
      `UPDATE loan_schedules SET status = 'SKIPPED', updated_on = $2 WHERE loan_id = $1 AND status = 'SCHEDULED'`,
      [loanId, at],
    );
  }

  async postingState(tx: Tx, loanId: string): Promise<PostingState> {
    const rows = await tx.query<
      {
        installment_number: number;
        principal_amount: string;
        due_date: CalendarDate;
        posted_to_ledger: boolean;
        status: string;
        unpaid_interest: string;
        unpaid_principal: string;
      }[]
    >(
      `SELECT installment_number, principal_amount, due_date, posted_to_ledger, status,
              interest_amount - interest_paid - interest_written_off AS unpaid_interest,
              principal_amount - principal_paid - principal_written_off AS unpaid_principal
       FROM loan_schedules WHERE loan_id = $1 ORDER BY installment_number`,
      [loanId],
    );
    const posted = rows.filter((row) => row.posted_to_ledger);
    const postedDueDates = posted.map((row) => row.due_date).sort();
    return {
      postedCount: posted.length,
      lastPostedDueDate: postedDueDates.at(-1) ?? null,
      unposted: rows
        .filter((row) => row.status === 'SCHEDULED')
        .map((row) => ({ number: row.installment_number, principal: Money.of(row.principal_amount) })),
      unpaid: {
        interest: Money.sum(posted.map((row) => Money.of(row.unpaid_interest))),
        principal: Money.sum(posted.map((row) => Money.of(row.unpaid_principal))),
      },
      nextNumber: (rows.at(-1)?.installment_number ?? 0) + 1,
    };
  }

  /** The loans that the installments belong to. */
  async loansOf(tx: Tx, installmentIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ loan_id: string }[]>(
      'SELECT DISTINCT loan_id FROM loan_schedules WHERE installment_id = ANY($1)',
      [installmentIds],
    );
    return rows.map((row) => row.loan_id);
  }

  async lockOwed(tx: Tx, installmentIds: readonly string[]): Promise<OwedInstallment[]> {
    const rows = await tx.query<
      { installment_id: string; interest_amount: string; principal_amount: string }[]
    >(
      `SELECT installment_id, interest_amount, principal_amount FROM loan_schedules
       WHERE installment_id = ANY($1) ORDER BY installment_id FOR UPDATE`,
      [installmentIds],
    );
    return rows.map((row) => ({
      installmentId: row.installment_id,
      interest: Money.of(row.interest_amount),
      principal: Money.of(row.principal_amount),
    }));
  }

  /** Makes the installments of these voided balances postable again. */
  async unpost(
    tx: Tx,
    installmentIds: readonly string[],
    balanceIds: readonly string[],
    at: Date,
  ): Promise<void> {
    await tx.query(
      `UPDATE loan_schedules
       SET status = 'SCHEDULED', posted_to_ledger = false, ledger_balance_id = NULL, posted_on = NULL,
           posted_by = NULL, updated_on = $2
       WHERE installment_id = ANY($1) AND ledger_balance_id = ANY($3)`,
      [installmentIds, at, balanceIds],
    );
  }

  async applySettlements(
    tx: Tx,
    settlements: readonly { readonly installmentId: string; readonly settlement: InstallmentSettlement }[],
    at: Date,
  ): Promise<void> {
    await tx.query(APPLY_SETTLEMENTS, [
      at,
      settlements.map(({ installmentId }) => installmentId),
      settlements.map(({ settlement }) => settlement.interestPaid.toString()),
      settlements.map(({ settlement }) => settlement.principalPaid.toString()),
      settlements.map(({ settlement }) => settlement.interestWrittenOff.toString()),
      settlements.map(({ settlement }) => settlement.principalWrittenOff.toString()),
      settlements.map(({ settlement }) => settlement.outstanding.toString()),
    ]);
  }
}
