import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import type { PaymentMethod } from '../postings/posting-kind.js';

export interface PayByHierarchyInput extends ReceiptInput {
  readonly driver_id: number;
  /** The lease whose balances are paid first. Without it, the balances of all leases are paid in one order. */
  readonly lease_id?: number;
  readonly amount: Money;
  readonly payment_period_start: CalendarDate;
  readonly source_type: string;
  readonly source_id: string;
  readonly dry_run?: boolean;
}

export interface PayTargetedInput extends PayByHierarchyInput {
  readonly lease_id: number;
  readonly allocations: TargetedAllocationInput[];
}

/** How and when the money of a payment was received. */
export interface ReceiptInput {
  readonly method?: PaymentMethod;
  readonly received_on?: CalendarDate;
  readonly note?: string;
}

export interface TargetedAllocationInput {
  readonly balance_id: string;
  readonly amount: Money;
}
