import type { OwnerNamesView } from '../balances/balance.view.js';
import type { Category } from '../account/category.js';
import type { PaymentMethod, PostingKind, PostingStatus } from './posting-kind.js';

/** One immutable ledger line. */
export interface PostingView {
  readonly posting_id: string;
  readonly driver_id: number;
  readonly lease_id: number;
  readonly vehicle_id: number;
  readonly medallion_id: number;
  readonly posting_type: 'DEBIT' | 'CREDIT';
  readonly kind: PostingKind;
  readonly category: Category;
  readonly amount: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly payment_method: PaymentMethod | null;
  readonly received_on: string | null;
  readonly payment_period_start: string;
  readonly payment_period_end: string;
  readonly status: PostingStatus;
  readonly posted_at: Date;
  readonly posted_by: number | null;
  readonly voided_by_posting_id: string | null;
  readonly reverses_posting_id: string | null;
  readonly voided_at: Date | null;
  readonly void_reason: string | null;
  readonly description: string | null;
  readonly notes: string | null;
}

/** The part of a payment or write-off that is applied to one balance. */
export interface SettledBalanceView {
  readonly allocation_id: string;
  readonly balance_id: string;
  readonly lease_id: number;
  readonly category: Category;
  readonly reference_type: string;
  readonly reference_id: string;
  readonly due_date: string;
  readonly amount_allocated: string;
  readonly allocation_type: 'HIERARCHY' | 'TARGETED';
  readonly allocated_at: Date;
}

/** A posting with its allocations. */
export interface PostingDetailView extends PostingView {
  readonly allocations: SettledBalanceView[];
  readonly refunded: string | null;
  readonly left_over: string | null;
}

/** A posting in the response of the request that creates it. */
export interface WrittenPostingView extends PostingView {
  readonly posting_id: string;
}

/** A posting in a list, with its driver, lease and cab. */
export interface PostingListItemView extends PostingView, OwnerNamesView {}
