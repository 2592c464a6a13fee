import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { ListRequest } from '../../../platform/database/page.js';
import type { LoanStatus } from '../loan/loan-status.js';

export const LOAN_SORTS = [
  'loan_date',
  'loan_amount',
  'outstanding_balance',
  'start_week',
  'created_on',
] as const;

export interface LoanListInput extends ListRequest {
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly status?: LoanStatus;
  readonly date_from?: CalendarDate;
  readonly date_to?: CalendarDate;
  readonly q?: string;
  readonly sort_by: (typeof LOAN_SORTS)[number];
}

/** The filters of the list, without paging. */
export type LoanStatisticsInput = Pick<
  LoanListInput,
  'driver_id' | 'lease_id' | 'status' | 'date_from' | 'date_to' | 'q'
>;
