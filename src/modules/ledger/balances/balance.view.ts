import type { DisputeStep } from '../disputes/dispute-rules.js';
import type { Category } from '../account/category.js';
import type { BalanceStatus } from './balance-status.js';

export const SETTLING_KINDS = ['PAYMENT', 'WRITE_OFF'] as const;

/** What is still open of the obligation that a DEBIT created. */
export interface BalanceView {
  readonly balance_id: string;
  readonly posting_id: string;
  readonly driver_id: number;
  readonly lease_id: number;
  readonly category: Category;
  readonly reference_type: string;
  readonly reference_id: string;
  readonly original_amount: string;
  readonly payment_applied: string;
  readonly outstanding_balance: string;
  readonly payment_period_start: string;
  readonly payment_period_end: string;
  readonly due_date: string;
  readonly status: BalanceStatus;
  readonly description: string | null;
}

/** The part of one payment or write-off that is applied to one balance. */
export interface AllocationView {
  readonly allocation_id: string;
  readonly payment_posting_id: string;
  readonly kind: (typeof SETTLING_KINDS)[number];
  readonly amount_allocated: string;
  readonly allocation_type: 'HIERARCHY' | 'TARGETED';
  readonly allocated_at: Date;
}

/** One step of the dispute of a balance. */
export interface DisputeView {
  readonly step: DisputeStep;
  readonly reason: string;
  readonly recorded_by: number | null;
  readonly recorded_at: Date;
}

export interface BalanceDetailView extends BalanceView {
  readonly allocations: AllocationView[];
  readonly disputes: DisputeView[];
}

/** A balance after a step of its dispute; in a dry run, as the step would change it. */
export interface ChangedBalanceView extends BalanceDetailView {
  readonly dry_run: boolean;
}

export interface CategoryBalanceView {
  readonly category: Category;
  readonly open_balances: number;
  readonly outstanding_balance: string;
}

/** The open balances of a driver and lease, in the order in which a payment by hierarchy pays them. */
export interface OpenBalancesView {
  readonly driver_id: number;
  readonly lease_id: number;
  readonly outstanding_balance: string;
  readonly unallocated_credit: string;
  readonly categories: CategoryBalanceView[];
  readonly balances: BalanceView[];
}

/** A balance in a list, with its driver, lease and cab. */
export interface BalanceListItemView extends BalanceView, OwnerNamesView {}

/** Driver, lease and cab by the names and numbers that people use. */
export interface OwnerNamesView {
  readonly tlc_license_number: string;
  readonly driver_name: string;
  readonly lease_number: string;
  readonly medallion_number: string;
  readonly vehicle_plate: string;
}
