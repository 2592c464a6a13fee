import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { InstallmentSettlement } from './installment-settlement.js';
import { interestBasis } from './interest.js';
import type { PlannedInstallment } from './loan-schedule.js';
import { LoanSchedule } from './loan-schedule.entity.js';
import type { UnpostedInstallment } from './resume-plan.js';

/** The parts of an installment to which its payments are applied. */
export interface OwedInstallment {
  readonly installmentId: string;
  readonly interest: Money;
  readonly principal: Money;
}

/** Planned installments of one loan. */
interface InstallmentsOfLoan {
  readonly loanId: string;
  readonly installments: readonly PlannedInstallment[];
}

/** An installment that replaced others of its loan. */
export interface ReplacedSchedule {
  readonly loanId: string;
  readonly installmentId: string;
  readonly replacedNumbers: readonly number[];
}

/** How far a loan is posted and paid. */
export interface PostingState {
  readonly postedCount: number;
  /** The latest due date of posted installments; after a move, it may not be that of the highest number */
  readonly lastPostedDueDate: CalendarDate | null;
  /** Ordered by number */
  readonly unposted: readonly UnpostedInstallment[];
  /** Posted, neither paid nor written off, and not disputed */
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  /** Outstanding on disputed balances */
  readonly disputed: Money;
  /** The number of the next new installment */
  readonly nextNumber: number;
}

const INSERT = `
  INSERT INTO loan_schedules (installment_id, loan_id, installment_number, due_date, week_start, week_end,
    principal_amount, interest_amount, total_due, outstanding_balance, interest_principal, interest_rate,
    interest_from, interest_to, interest_carried, status, created_on, updated_on)
  SELECT loan_id || '-INST-' || lpad(number::text, greatest(2, length(number::text)), '0'), loan_id, number, due_date,
         due_date - 6, due_date, principal, interest, principal + interest, principal + interest, base, rate,
         interest_from, interest_to, carried, 'SCHEDULED', $1::timestamptz, $1::timestamptz
  FROM jsonb_to_recordset($2::jsonb)
    AS planned (position integer, loan_id text, number integer, due_date date, principal numeric, interest numeric,
                base numeric, rate numeric, interest_from date, interest_to date, carried numeric)
  ORDER BY position`;

const MOVE = `
  UPDATE loan_schedules s
  SET due_date = planned.due_date, week_start = planned.due_date - 6, week_end = planned.due_date,
      interest_amount = planned.interest, total_due = s.principal_amount + planned.interest,
      outstanding_balance = s.principal_amount + planned.interest, interest_principal = planned.base,
      interest_from = planned.interest_from, interest_to = planned.interest_to, interest_carried = planned.carried,
      updated_on = $2::timestamptz
  FROM jsonb_to_recordset($3::jsonb)
    AS planned (number integer, due_date date, interest numeric, base numeric, interest_from date, interest_to date,
                carried numeric)
  WHERE s.loan_id = $1 AND s.installment_number = planned.number AND s.status = 'SCHEDULED'`;

/** An unposted installment with a balance was posted before, and that posting was voided. */
const POSTING_STATE = `
  SELECT s.installment_number, s.principal_amount, s.interest_amount, s.due_date, s.posted_to_ledger, s.status,
         s.interest_amount - s.interest_paid - s.interest_written_off AS unpaid_interest,
         s.principal_amount - s.principal_paid - s.principal_written_off AS unpaid_principal,
         coalesce(posted.status = 'DISPUTED', false) AS is_disputed,
         s.interest_principal, s.interest_rate, s.interest_from, s.interest_to, s.interest_carried,
         s.interest_to <= l.interest_accrued_through AND EXISTS (
           SELECT 1 FROM ledger_balances b
           WHERE b.reference_type = 'LOAN_INSTALLMENT' AND b.reference_id = s.installment_id) AS has_accrued
  FROM loan_schedules s JOIN driver_loans l USING (loan_id)
  LEFT JOIN ledger_balances posted ON posted.balance_id = s.ledger_balance_id
  WHERE s.loan_id = $1 ORDER BY s.installment_number`;

const RESTORE_REPLACED = `
  UPDATE loan_schedules
  SET status = CASE installment_id WHEN $2 THEN 'SKIPPED' ELSE 'SCHEDULED' END,
      outstanding_balance = CASE installment_id WHEN $2 THEN 0 ELSE total_due END, updated_on = $4
  WHERE loan_id = $1
    AND CASE installment_id WHEN $2 THEN status = 'SCHEDULED'
                            ELSE status = 'SKIPPED' AND installment_number = ANY($3) END`;

const APPLY_SETTLEMENTS = prepared(`
  UPDATE loan_schedules s
  SET interest_paid = paid."interestPaid", principal_paid = paid."principalPaid",
      interest_written_off = paid."interestWrittenOff", principal_written_off = paid."principalWrittenOff",
      outstanding_balance = paid.outstanding,
      status = CASE WHEN paid.outstanding = 0 THEN 'PAID' ELSE 'POSTED' END, updated_on = $1::timestamptz
  FROM jsonb_to_recordset($2::jsonb)
    AS paid ("installmentId" text, "interestPaid" numeric, "principalPaid" numeric, "interestWrittenOff" numeric,
             "principalWrittenOff" numeric, outstanding numeric)
  WHERE s.installment_id = paid."installmentId"`);

const LOCK_OWED = prepared(`
  SELECT installment_id, interest_amount, principal_amount FROM loan_schedules
  WHERE installment_id = ANY($1) ORDER BY installment_id FOR UPDATE`);

@Injectable()
export class InstallmentRepository {
  /** Inserts the planned installments in the given order. */
  async insertPlans(tx: Tx, plans: readonly InstallmentsOfLoan[], at: Date): Promise<void> {
    const rows = plans
      .flatMap(({ loanId, installments }) =>
        installments.map((installment) => ({ loan_id: loanId, ...rowOf(installment) })),
      )
      .map((row, position) => ({ position, ...row }));
    await tx.query(INSERT, [at, JSON.stringify(rows)]);
  }

  /** Sets the weeks and interest of unposted installments to those of the new plan. Principal does not change. */
  async move(tx: Tx, loanId: string, installments: readonly PlannedInstallment[], at: Date): Promise<void> {
    await tx.query(MOVE, [loanId, at, JSON.stringify(installments.map(rowOf))]);
  }

  async skipUnposted(tx: Tx, loanId: string, at: Date): Promise<void> {
    await tx.update(
      LoanSchedule,
      { loanId, status: 'SCHEDULED' },
      { status: 'SKIPPED', outstandingBalance: '0.00', updatedOn: at },
    );
  }

  /** Restores the installments that a payoff replaced, and skips that of the payoff. */
  async restoreReplaced(
    tx: Tx,
    { loanId, installmentId, replacedNumbers }: ReplacedSchedule,
    at: Date,
  ): Promise<void> {
    await tx.query(RESTORE_REPLACED, [loanId, installmentId, replacedNumbers, at]);
  }

  async postingState(tx: Tx, loanId: string): Promise<PostingState> {
    const rows = await tx.query<StateRow[]>(POSTING_STATE, [loanId]);
    const posted = rows.filter((row) => row.posted_to_ledger);
    const payable = posted.filter((row) => !row.is_disputed);
    const disputed = posted.filter((row) => row.is_disputed);
    const postedDueDates = posted.map((row) => row.due_date).sort();
    return {
      postedCount: posted.length,
      lastPostedDueDate: postedDueDates.at(-1) ?? null,
      unposted: rows.filter((row) => row.status === 'SCHEDULED').map(unpostedInstallment),
      unpaid: {
        interest: Money.sum(payable.map((row) => Money.of(row.unpaid_interest))),
        principal: Money.sum(payable.map((row) => Money.of(row.unpaid_principal))),
      },
      disputed: Money.sum(
        disputed.flatMap((row) => [Money.of(row.unpaid_interest), Money.of(row.unpaid_principal)]),
      ),
      nextNumber: (rows.at(-1)?.installment_number ?? 0) + 1,
    };
  }

  /** The installment without a lock: use only its values that never change. */
  get(tx: Tx, installmentId: string): Promise<LoanSchedule> {
    return tx.findOneByOrFail(LoanSchedule, { installmentId });
  }

  async lockOwed(tx: Tx, installmentIds: readonly string[]): Promise<OwedInstallment[]> {
    const rows = await tx.query<
      { installment_id: string; interest_amount: string; principal_amount: string }[]
    >(LOCK_OWED, [installmentIds]);
    return rows.map((row) => ({
      installmentId: row.installment_id,
      interest: Money.of(row.interest_amount),
      principal: Money.of(row.principal_amount),
    }));
  }

  /** Sets the installment of this voided balance to unposted. Lock its loan first. */
  async revertPosting(tx: Tx, installmentId: string, ledgerBalanceId: string, at: Date): Promise<void> {
    await tx.update(
      LoanSchedule,
      { installmentId, ledgerBalanceId },
      {
        status: 'SCHEDULED',
        postedToLedger: false,
        ledgerBalanceId: null,
        postedOn: null,
        postedBy: null,
        updatedOn: at,
      },
    );
  }

  async applySettlements(
    tx: Tx,
    settlements: readonly { readonly installmentId: string; readonly settlement: InstallmentSettlement }[],
    at: Date,
  ): Promise<void> {
    const rows = settlements.map(({ installmentId, settlement }) => ({ installmentId, ...settlement }));
    await tx.query(APPLY_SETTLEMENTS, [at, JSON.stringify(rows)]);
  }
}

/** The columns of a planned installment */
function rowOf({
  number,
  dueDate,
  principal,
  interest,
  interestBasis: basis,
  interestCarried,
}: PlannedInstallment) {
  return {
    number,
    due_date: dueDate,
    principal,
    interest,
    base: basis.principal,
    rate: basis.annualRate,
    interest_from: basis.from,
    interest_to: basis.to,
    carried: interestCarried,
  };
}

interface StateRow {
  readonly installment_number: number;
  readonly principal_amount: string;
  readonly interest_amount: string;
  readonly due_date: CalendarDate;
  readonly posted_to_ledger: boolean;
  readonly status: string;
  readonly unpaid_interest: string;
  readonly unpaid_principal: string;
  readonly is_disputed: boolean;
  readonly interest_principal: string;
  readonly interest_rate: string;
  readonly interest_from: CalendarDate;
  readonly interest_to: CalendarDate;
  readonly interest_carried: string;
  readonly has_accrued: boolean;
}

function unpostedInstallment(row: StateRow): UnpostedInstallment {
  const loan = { principal: Money.of(row.interest_principal), annualRate: Percentage.of(row.interest_rate) };
  const [principal, interest] = [Money.of(row.principal_amount), Money.of(row.interest_amount)];
  return {
    number: row.installment_number,
    week: weekOf(row.due_date),
    dueDate: row.due_date,
    principal,
    interest,
    totalDue: principal.plus(interest),
    interestBasis: interestBasis(loan, row.interest_from, row.interest_to),
    interestCarried: Money.of(row.interest_carried),
    hasAccrued: row.has_accrued,
  };
}
