import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

export interface PostInstallmentsInput {
  readonly loan_id?: string;
  readonly payment_period_start?: CalendarDate;
  readonly payment_period_end?: CalendarDate;
  readonly dry_run: boolean;
}
