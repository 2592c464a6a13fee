import type { PostingListItemView, PostingView, SettledBalanceView } from '../../postings/posting.view.js';

/** What became of the money of a payment. */
export interface PaymentUseView {
  readonly total_allocated: string;
  readonly refunded: string | null;
  readonly left_over: string | null;
}

/** A payment or recovery in a list, with its driver, lease and cab. */
export interface PaymentListItemView extends PostingListItemView, PaymentUseView {}

/** One payment or recovery with its allocations. */
export interface PaymentDetailView extends PaymentUseView {
  readonly posting: PostingView;
  readonly total_payment: string;
  readonly allocations: SettledBalanceView[];
}
