import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';

/** Filters that the lists of loans and of their installments share. Both ends of a range are included. */
export interface LoanFilterInput {
  readonly tlc_license_number?: string;
  readonly driver_name?: string;
  readonly medallion_number?: string;
  /** Dollars of the listed record: the amount lent, or the total due of an installment */
  readonly amount_from?: Money;
  readonly amount_to?: Money;
  /** Annual rate in percent */
  readonly rate_from?: Percentage;
  readonly rate_to?: Percentage;
  /** The first week of the loan */
  readonly start_week_from?: CalendarDate;
  readonly start_week_to?: CalendarDate;
}

/** Sort orders by the borrower, which the lists share. */
export const BORROWER_SORTS = ['driver_name', 'medallion_number'] as const;
