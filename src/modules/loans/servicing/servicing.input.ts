import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { LoanStatus } from '../loan/loan-status.js';

export interface ChangeLoanStatusInput {
  readonly status: LoanStatus;
  readonly reason: string;
  readonly resume_week?: CalendarDate;
  readonly waive_interest?: boolean;
  readonly dry_run?: boolean;
}
