import type { Category } from '../account/category.js';
import type { PaymentAllocationView } from '../payments/payment.view.js';
import type { PostingDetailView, WrittenPostingView } from '../postings/posting.view.js';

/** The change of one balance by a void. */
export interface VoidedPartView {
  readonly balance_id: string;
  readonly category: Category;
  readonly reference_type: string;
  readonly reference_id: string;
  readonly due_date: string;
  readonly amount: string;
  readonly outstanding_after: string;
  readonly status_after: 'OPEN' | 'DISPUTED' | 'VOIDED';
}

/** A voided posting, its reversal, and the balances that the void changed. */
export interface VoidView {
  readonly dry_run: boolean;
  readonly posting: PostingDetailView;
  readonly reversal: WrittenPostingView;
  readonly balances: VoidedPartView[];
  readonly credit_reversed: string;
  readonly credit_used: string;
  readonly allocations: PaymentAllocationView[];
}
