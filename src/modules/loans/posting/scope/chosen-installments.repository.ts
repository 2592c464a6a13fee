import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { PostingError } from '../../posting-runs/posting-run.repository.js';
import { installmentRefusal } from './installment-refusal.js';

export interface InstallmentWeek {
  readonly installment_id: string;
  readonly week_start: CalendarDate;
  readonly week_end: CalendarDate;
}

const WEEKS = `
  SELECT installment_id, week_start, week_end FROM loan_schedules WHERE installment_id = ANY ($1::text[])
  ORDER BY week_start`;

const NOT_POSTED_BY_RUN = `
  SELECT s.installment_id, s.status, s.ledger_balance_id, s.loan_id, l.status AS loan_status
  FROM loan_schedules s JOIN driver_loans l ON l.loan_id = s.loan_id
  WHERE s.installment_id = ANY ($2::text[]) AND NOT EXISTS (
    SELECT 1 FROM ledger_balances b JOIN posting_runs r ON r.posting_ids @> b.posting_id
    WHERE b.balance_id = s.ledger_balance_id AND r.id = $1)
  ORDER BY s.installment_id`;

/** The installments that a request names, whatever their state. */
@Injectable()
export class ChosenInstallmentsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The weeks of those that exist, earliest first. */
  async findWeeks(installmentIds: readonly string[]): Promise<InstallmentWeek[]> {
    return await this.dataSource.query<InstallmentWeek[]>(WEEKS, [installmentIds]);
  }

  /** Those that the run has neither posted nor, in a dry run, would post, with the reasons. */
  async findRefused(tx: Tx, runId: number, installmentIds: readonly string[]): Promise<PostingError[]> {
    const rows = await tx.query<Parameters<typeof installmentRefusal>[0][]>(NOT_POSTED_BY_RUN, [
      runId,
      installmentIds,
    ]);
    return rows.flatMap((row) => installmentRefusal(row) ?? []);
  }
}
