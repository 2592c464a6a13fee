import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { ListRequest } from '../../../platform/database/page.js';
import type { LoanFilterInput } from '../search/loan-filter.input.js';
import { BORROWER_SORTS } from '../search/loan-filter.input.js';
import type { InstallmentStatus } from '../loan/loan-status.js';

export const INSTALLMENT_SORTS = ['due_date', 'total_due', 'installment_id', ...BORROWER_SORTS] as const;

export interface UnpostedListInput extends ListRequest, LoanFilterInput {
  readonly loan_id?: string;
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly medallion_id?: number;
  readonly vehicle_id?: number;
  readonly period_start?: CalendarDate;
  readonly period_end?: CalendarDate;
  readonly status?: readonly InstallmentStatus[];
  readonly sort_by: (typeof INSTALLMENT_SORTS)[number];
  readonly sort_order: 'asc' | 'desc';
}

export interface InstallmentListInput extends UnpostedListInput {
  readonly installment_id?: string;
  readonly posted?: boolean;
}
