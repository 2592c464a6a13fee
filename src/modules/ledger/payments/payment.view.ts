import type { Category } from '../account/category.js';
import type { AllocationReason } from '../account/allocation-reason.js';
import type { WrittenPostingView } from '../postings/posting.view.js';

export interface PaymentAllocationView {
  readonly allocation_id: string;
  readonly payment_posting_id: string;
  readonly balance_id: string;
  readonly category: Category;
  readonly reference_id: string;
  readonly due_date: string;
  readonly amount_allocated: string;
  readonly outstanding_after: string;
  readonly allocation_type: 'HIERARCHY' | 'TARGETED';
}

/** An allocation that a payment made, with the reason why it paid this balance. */
export interface ExplainedAllocationView extends PaymentAllocationView {
  readonly allocation_reason: AllocationReason;
}

/** A payment and its allocations. */
export interface PaymentView {
  readonly dry_run: boolean;
  readonly posting: WrittenPostingView;
  readonly total_payment: string;
  readonly total_allocated: string;
  readonly credit_used: string;
  readonly remaining_unallocated: string;
  readonly allocations: ExplainedAllocationView[];
}
