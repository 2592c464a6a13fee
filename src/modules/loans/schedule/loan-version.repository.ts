import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { InterestWaiver } from './resume-plan.js';
import type { ScheduleChangeKind } from './schedule-version.js';

/** A change of a schedule: kind, reason, user and time. */
export interface ScheduleChange {
  readonly change: ScheduleChangeKind;
  readonly reason: string;
  readonly by: number | null;
  readonly at: Date;
}

const RECORD_VERSIONS = `
  INSERT INTO loan_schedule_versions (loan_id, version, act, reason, made_by, made_at, outstanding_principal,
    waived_interest, installments)
  SELECT l.loan_id, coalesce(latest.version, 0) + 1, $2, $3, $4, $5, l.outstanding_balance,
         l.waived_interest - coalesce(latest.waived_interest, 0), plan.installments
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('number', s.installment_number, 'due_date', s.due_date,
                                        'principal', s.principal_amount::text, 'interest', s.interest_amount::text)
                     ORDER BY s.installment_number) AS installments
    FROM loan_schedules s WHERE s.loan_id = l.loan_id AND s.status <> 'SKIPPED') AS plan
  LEFT JOIN LATERAL (
    SELECT max(v.version) AS version, sum(v.waived_interest) AS waived_interest,
           (array_agg(v.installments ORDER BY v.version DESC))[1] AS installments
    FROM loan_schedule_versions v WHERE v.loan_id = l.loan_id) AS latest ON true
  WHERE l.loan_id = ANY ($1) AND plan.installments IS DISTINCT FROM latest.installments`;

const EARLIEST_DUE_DATE = `
  SELECT min((installment ->> 'due_date')::date) AS due_date
  FROM loan_schedule_versions CROSS JOIN LATERAL jsonb_array_elements(installments) AS installment
  WHERE loan_id = $1`;

const WAIVE = `
  WITH waiver AS (
    INSERT INTO loan_interest_waivers (loan_id, interest_from, interest_to, amount, reason, waived_by, waived_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING loan_id, interest_to, amount)
  UPDATE driver_loans l
  SET interest_accrued_through = waiver.interest_to, waived_interest = l.waived_interest + waiver.amount
  FROM waiver WHERE l.loan_id = waiver.loan_id`;

/** Records schedule versions and interest waivers. Both are written once and never change. */
@Injectable()
export class LoanVersionRepository {
  /** Records the current schedules of the loans as new versions, unless they equal the latest version. */
  async record(
    tx: Tx,
    loanIds: readonly string[],
    { change, reason, by, at }: ScheduleChange,
  ): Promise<void> {
    await tx.query(RECORD_VERSIONS, [loanIds, change, reason, by, at]);
  }

  /** The earliest due date in any version of the loan's schedule; null if there is no version. */
  async earliestDueDate(tx: Tx, loanId: string): Promise<CalendarDate | null> {
    const rows = await tx.query<[{ due_date: CalendarDate | null }]>(EARLIEST_DUE_DATE, [loanId]);
    return rows[0].due_date;
  }

  /** Records the waiver: moves the accrual date of the loan to its end and adds the waived interest. */
  async waive(
    tx: Tx,
    loanId: string,
    { from, to, amount }: InterestWaiver,
    { reason, by, at }: Omit<ScheduleChange, 'change'>,
  ): Promise<void> {
    await tx.query(WAIVE, [loanId, from, to, amount.toString(), reason, by, at]);
  }
}
