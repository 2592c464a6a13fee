import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LoanHistoryItemView } from './loan.view.js';

const SCHEDULES_AND_WAIVERS = `
  SELECT made_at AS at, 'SCHEDULE' AS kind, made_by AS by, reason, version, act AS change, NULL::date AS interest_from,
         NULL::date AS interest_to, NULL::integer AS days, NULL::numeric(12,2) AS amount
  FROM loan_schedule_versions WHERE loan_id = $1
  UNION ALL
  SELECT waived_at, 'WAIVER', waived_by, reason, NULL, NULL, interest_from, interest_to, interest_to - interest_from, amount
  FROM loan_interest_waivers WHERE loan_id = $1
  ORDER BY at, version NULLS FIRST`;

const STATUS_CHANGES = `
  SELECT changed_at AS at, 'STATUS' AS kind, changed_by AS by, from_status AS "from", to_status AS "to", reason
  FROM loan_status_changes
  WHERE loan_id = $1
  ORDER BY id`;

@Injectable()
export class LoanHistoryQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The status changes, then the schedule versions and waivers, each oldest first. */
  async list(loanId: string): Promise<LoanHistoryItemView[]> {
    const statusChanges = await this.dataSource.query<LoanHistoryItemView[]>(STATUS_CHANGES, [loanId]);
    const scheduleChanges = await this.dataSource.query<ScheduleRow[]>(SCHEDULES_AND_WAIVERS, [loanId]);
    return [...statusChanges, ...scheduleChanges.map(scheduleHistoryItem)];
  }
}

type ScheduleRow = Omit<LoanHistoryItemView, 'from' | 'to'>;

/** Omits the fields that are null: they belong to the other kind of item. */
function scheduleHistoryItem({ at, kind, by, reason, ...row }: ScheduleRow): LoanHistoryItemView {
  const presentFields = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return { at, kind, by, from: null, to: null, reason, ...presentFields };
}
