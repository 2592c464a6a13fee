import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { ListRequest } from '../../../platform/database/page.js';
import type { LoanFilterInput } from '../search/loan-filter.input.js';
import { BORROWER_SORTS } from '../search/loan-filter.input.js';
import type { LoanStatus } from '../loan/loan-status.js';

export const LOAN_SORTS = [
  'loan_date',
  'loan_amount',
  'outstanding_balance',
  'start_week',
  'created_on',
  ...BORROWER_SORTS,
] as const;

export interface LoanListInput extends ListRequest, LoanFilterInput {
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly status?: readonly LoanStatus[];
  readonly date_from?: CalendarDate;
  readonly date_to?: CalendarDate;
  readonly q?: string;
  readonly sort_by: (typeof LOAN_SORTS)[number];
}

/** The filters of the list, without paging and sorting. */
export type LoanStatisticsInput = Omit<LoanListInput, keyof ListRequest | 'sort_by'>;
