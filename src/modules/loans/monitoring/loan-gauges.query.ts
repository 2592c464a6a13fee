import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { IS_TO_POST } from '../loan/figures.sql.js';

export interface LoanGaugeValues {
  readonly unposted_overdue: number;
  readonly failed_installments: number;
  /** Seconds since 1970; null before the first scheduled run has completed */
  readonly last_success: number | null;
  readonly is_week_posted: boolean;
}

/** $1 is the Sunday of the latest week whose posting time has come. */
const VALUES = `
  SELECT
    (SELECT count(*)::integer FROM loan_schedules s JOIN driver_loans l USING (loan_id)
     WHERE ${IS_TO_POST} AND s.due_date < $1::date) AS unposted_overdue,
    (SELECT count(DISTINCT e.installment_id)::integer
     FROM posting_run_errors e JOIN posting_runs r ON r.id = e.run_id JOIN loan_schedules s USING (installment_id)
     WHERE NOT r.dry_run AND s.status = 'SCHEDULED' AND NOT s.posted_to_ledger) AS failed_installments,
    (SELECT extract(epoch FROM max(finished_at))::float8 FROM posting_runs
     WHERE trigger = 'CRON' AND status = 'COMPLETED') AS last_success,
    EXISTS (SELECT FROM posting_runs
            WHERE scheduled_week = $1::date AND status = 'COMPLETED') AS is_week_posted`;

@Injectable()
export class LoanGaugesQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async get(latestPosted: PaymentWeek): Promise<LoanGaugeValues> {
    const rows = await this.dataSource.query<[LoanGaugeValues]>(VALUES, [latestPosted.start]);
    return rows[0];
  }
}
