import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

export interface PostInstallmentsInput {
  readonly loan_id?: string;
  /** Instead of a loan or a period */
  readonly installment_ids?: readonly string[];
  readonly payment_period_start?: CalendarDate;
  readonly payment_period_end?: CalendarDate;
  readonly dry_run: boolean;
}
