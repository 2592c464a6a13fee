import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { ScheduleVersion } from './schedule-version.js';

@Injectable()
export class LoanVersionQuery {
  /** The versions of the loan's schedule, oldest first. A draft has none. */
  list(loanId: string, db: SqlRunner): Promise<ScheduleVersion[]> {
    return db.query(
      `SELECT version, act AS change, reason, made_by, made_at, outstanding_principal, waived_interest, installments
       FROM loan_schedule_versions WHERE loan_id = $1 ORDER BY version`,
      [loanId],
    );
  }
}
