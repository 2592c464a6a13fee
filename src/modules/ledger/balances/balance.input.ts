import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { ListRequest } from '../../../platform/database/page.js';
import type { Category } from '../account/category.js';
import type { BalanceStatus } from './balance-status.js';

export const BALANCE_SORTS = ['due_date', 'original_amount', 'outstanding_balance'] as const;

export interface AsOfInput {
  readonly as_of?: Date;
}

export interface BalanceListInput extends ListRequest {
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly category?: Category;
  readonly status?: BalanceStatus;
  readonly due_from?: CalendarDate;
  readonly due_to?: CalendarDate;
  readonly reference_id?: string;
  readonly as_of?: Date;
  readonly sort_by: (typeof BALANCE_SORTS)[number];
}
