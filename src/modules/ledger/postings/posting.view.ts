import type { OwnerNamesView } from '../account/account.view.js';
import type { Category } from '../account/category.js';
import type { PaymentMethod, PostingKind } from './posting-kind.js';

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
  readonly status: 'POSTED' | 'VOIDED';
  readonly posted_at: Date;
  readonly posted_by: number | null;
  readonly voided_by_posting_id: string | null;
  readonly reverses_posting_id: string | null;
  readonly voided_at: Date | null;
  readonly void_reason: string | null;
  readonly description: string | null;
  readonly notes: string | null;
}

/** A posting in the answer of the write that makes it. */
export interface WrittenPostingView extends PostingView {
  readonly posting_id: string;
}

/** A posting in a list, with those whose it is. */
export interface PostingListItemView extends PostingView, OwnerNamesView {}
