import { Injectable } from '@nestjs/common';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { violatedConstraint, Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { LoanStatus } from './loan-status.js';
import { DriverLoan } from './driver-loan.entity.js';

type NewLoan = Pick<
  DriverLoan,
  | 'driverId'
  | 'leaseId'
  | 'loanAmount'
  | 'interestRate'
  | 'purpose'
  | 'notes'
  | 'loanDate'
  | 'startWeek'
  | 'endWeek'
  | 'status'
  | 'createdBy'
  | 'createdOn'
  | 'importReference'
>;

/** A status change with user, time and reason. `from` is null for the creation of the loan. */
interface StatusChange {
  readonly from: LoanStatus | null;
  readonly to: LoanStatus;
  readonly reason: string;
  readonly by: number | null;
  readonly at: Date;
}

@Injectable()
export class LoanRepository {
  /**
   * Inserts the loans, each with the next loan number. Numbers are never reused. Returns the public ids in the order of
   * the loans.
   */
  async insertAll(tx: Tx, loans: readonly NewLoan[]): Promise<string[]> {
    const numbered = await tx.query<{ number: string; loan_id: string }[]>(NUMBER, [
      loans.map(({ startWeek }) => yearOf(startWeek)),
    ]);
    const rows = loans.map((loan, index) => ({ ...numbered[index], ...loan }));
    await tx.query(INSERT, [JSON.stringify(rows)]);
    return numbered.map(({ loan_id }) => loan_id);
  }

  /** The loan without a lock: use only its values that never change. Throws LOAN_NOT_FOUND. */
  async get(tx: Tx, loanId: string): Promise<DriverLoan> {
    const loan = await tx.findOne(DriverLoan, { where: { loanId } });
    if (!loan) throw loanNotFound(loanId);
    return loan;
  }

  /** Locks the loan until the transaction ends. Throws LOAN_NOT_FOUND. */
  async lock(tx: Tx, loanId: string): Promise<DriverLoan> {
    const loan = await tx.findOne(DriverLoan, { where: { loanId }, lock: { mode: 'pessimistic_write' } });
    if (!loan) throw loanNotFound(loanId);
    return loan;
  }

  async update(tx: Tx, loanId: string, changes: Partial<DriverLoan>): Promise<void> {
    await tx.update(DriverLoan, { loanId }, changes);
  }

  async recordStatusChange(tx: Tx, change: StatusChange & { readonly loanId: string }): Promise<void> {
    await this.recordStatusChanges(tx, [change.loanId], change);
  }

  /** Records the same status change for each loan. */
  async recordStatusChanges(tx: Tx, loanIds: readonly string[], step: StatusChange): Promise<void> {
    await tx.query(
      `INSERT INTO loan_status_changes (loan_id, from_status, to_status, reason, changed_by, changed_at)
       SELECT loan_id, $2, $3, $4, $5, $6
       FROM unnest($1::text[]) WITH ORDINALITY AS loan (loan_id, position) ORDER BY position`,
      [loanIds, step.from, step.to, step.reason, step.by, step.at],
    );
  }

  /**
   * Recomputes the loans from their installments: totals, and first and last week of the installments that are not
   * SKIPPED (if all are SKIPPED, the weeks do not change). Closes a loan if everything is settled, and reopens it if a
   * payment or the write-off was reversed. A loan with unposted installments reopens ON_HOLD: their weeks may have
   * passed, and a resume sets when they fall due. Records each status change. Lock the loans first. Throws
   * LOAN_HAS_RECOVERIES if more is recovered on a loan than is still written off.
   */
  async recomputeFromInstallments(tx: Tx, loanIds: readonly string[], at: Date): Promise<void> {
    try {
      await tx.query(RECOMPUTE_FROM_INSTALLMENTS, [loanIds, at]);
    } catch (error) {
      if (violatedConstraint(error) !== 'driver_loans_recovered_within_write_off') throw error;
      throw new DomainError(
        'LOAN_HAS_RECOVERIES',
        `Money was recovered after the write-off of ${loanIds.join(', ')}. Void these recoveries first.`,
      );
    }
  }

  /** Locks the loans of the installments in the order of their ids, which is the same everywhere. Returns the ids. */
  async lockOfInstallments(tx: Tx, installmentIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ loan_id: string }[]>(LOCK_OF_INSTALLMENTS, [installmentIds]);
    return rows.map(({ loan_id }) => loan_id);
  }
}

export function loanNotFound(loanId: string): DomainError {
  return new DomainError('LOAN_NOT_FOUND', `There is no loan ${loanId}.`);
}

const NUMBER = `
  SELECT number, public_id('DL', year, number, 4) AS loan_id
  FROM (SELECT year, nextval('driver_loan_number') AS number FROM unnest($1::integer[]) AS year) AS numbered
  ORDER BY number`;

const INSERT = `
  INSERT INTO driver_loans (loan_id, loan_number, driver_id, lease_id, loan_amount, interest_rate, purpose, notes,
    loan_date, interest_accrued_through, start_week, end_week, status, outstanding_balance, created_by, created_on,
    updated_on, import_reference)
  SELECT loan_id, number, "driverId", "leaseId", "loanAmount", "interestRate", purpose, notes, "loanDate", "loanDate",
         "startWeek", "endWeek", status, CASE status WHEN 'DRAFT' THEN 0 ELSE "loanAmount" END, "createdBy", "createdOn",
         "createdOn", "importReference"
  FROM jsonb_to_recordset($1::jsonb)
    AS loan (loan_id text, number bigint, "driverId" integer, "leaseId" integer, "loanAmount" numeric,
             "interestRate" numeric, purpose text, notes text, "loanDate" date, "startWeek" date, "endWeek" date,
             status text, "createdBy" integer, "createdOn" timestamptz, "importReference" text)
  ORDER BY number`;

const LOCK_OF_INSTALLMENTS = prepared(`
  SELECT loan_id FROM driver_loans
  WHERE loan_id = ANY (ARRAY(SELECT loan_id FROM loan_schedules WHERE installment_id = ANY($1)))
  ORDER BY loan_id FOR UPDATE`);

const RECOMPUTE_FROM_INSTALLMENTS = prepared(`
  WITH paid AS (
    SELECT loan_id, sum(principal_paid) AS principal, sum(interest_paid) AS interest,
           sum(principal_written_off) AS written_off,
           bool_and(status IN ('PAID', 'SKIPPED')) AS is_all_settled, bool_or(status = 'SCHEDULED') AS has_unposted,
           min(week_start) FILTER (WHERE status <> 'SKIPPED') AS start_week,
           max(week_end) FILTER (WHERE status <> 'SKIPPED') AS end_week
    FROM loan_schedules WHERE loan_id = ANY($1) GROUP BY loan_id),
  followed AS (
    SELECT l.loan_id, l.status AS from_status, paid.principal, paid.interest, paid.written_off, paid.start_week,
           paid.end_week,
           CASE WHEN l.status IN ('ACTIVE', 'ON_HOLD') AND is_all_settled THEN 'CLOSED'
                WHEN l.status = 'CLOSED' AND NOT is_all_settled AND has_unposted THEN 'ON_HOLD'
                WHEN l.status = 'CLOSED' AND NOT is_all_settled THEN 'ACTIVE'
                ELSE l.status END AS to_status,
           CASE WHEN is_all_settled AND l.closure_reason IS NOT NULL THEN l.closure_reason
                WHEN is_all_settled AND paid.written_off > 0 THEN 'Paid, and the rest written off'
                WHEN is_all_settled THEN 'Paid in full'
                WHEN paid.written_off < l.written_off THEN 'The write-off was reversed'
                ELSE 'A payment was reversed' END AS reason
    FROM driver_loans l JOIN paid USING (loan_id)),
  updated AS (
    UPDATE driver_loans l
    SET total_principal_paid = f.principal,
        total_interest_paid = f.interest,
        written_off = f.written_off,
        outstanding_balance = l.loan_amount - f.principal - f.written_off,
        start_week = coalesce(f.start_week, l.start_week),
        end_week = coalesce(f.end_week, l.end_week),
        status = f.to_status,
        closed_on = CASE WHEN f.to_status <> 'CLOSED' THEN NULL ELSE coalesce(l.closed_on, $2) END,
        closure_reason = CASE WHEN f.to_status = 'CLOSED' THEN f.reason END,
        updated_on = $2
    FROM followed f WHERE l.loan_id = f.loan_id)
  INSERT INTO loan_status_changes (loan_id, from_status, to_status, reason, changed_at)
  SELECT loan_id, from_status, to_status, reason, $2
  FROM followed WHERE from_status <> to_status`);
