import type { Page } from '../../../platform/database/page.js';
import type { OwnerNamesView } from '../balances/balance.view.js';
import type { PaymentAllocationView } from '../payments/payment.view.js';
import type { WrittenPostingView } from '../postings/posting.view.js';

/** The unused credit of one payment. */
export interface CreditListItemView extends OwnerNamesView {
  readonly posting_id: string;
  readonly driver_id: number;
  readonly lease_id: number;
  readonly amount: string;
  readonly left_over: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly payment_period_start: string;
  readonly posted_at: Date;
}

/** A page of credits, oldest first, with the sum over all pages. */
export interface CreditPageView extends Page<CreditListItemView> {
  readonly total_left_over: string;
}

/** What a driver's credits paid when a user applied them. */
export interface CreditApplicationView {
  readonly dry_run: boolean;
  readonly driver_id: number;
  readonly credit_used: string;
  readonly allocations: PaymentAllocationView[];
  readonly credit_left: string;
}

/** A refund; in a dry run, the refund that would be recorded. */
export interface RefundView {
  readonly dry_run: boolean;
  readonly posting: WrittenPostingView;
  readonly amount: string;
  readonly credit_left: string;
}
