import type { OwnerNamesView } from '../balances/balance.view.js';
import type { Category } from '../account/category.js';
import type { PaymentMethod, PostingKind } from '../postings/posting-kind.js';

export interface StatementAmountsView {
  readonly prior_balance: string;
  readonly current_charge: string;
  readonly payment_applied: string;
  readonly adjustment: string;
  readonly balance_forward: string;
}

export interface StatementRowView extends StatementAmountsView {
  readonly category: Category;
}

export interface StatementAccountView {
  readonly driver_id: number;
  readonly lease_id: number;
  readonly period_start: string;
  readonly period_end: string;
}

/** One category of one statement in the export of a week. */
export interface StatementLineView extends StatementAccountView, OwnerNamesView, StatementRowView {}

/** Money that came in or went out: a posting, or the void of one that was counted in an earlier week. */
export interface StatementMoneyView {
  readonly posting_id: string;
  readonly kind: Extract<PostingKind, 'PAYMENT' | 'RECOVERY' | 'REFUND'>;
  readonly date: string;
  readonly method: PaymentMethod | null;
  readonly reference: string;
  /** Negative for the void */
  readonly amount: string;
}

/** Prior balance, charges, payments and adjustments of a driver and lease in a payment week, by category. */
export interface StatementView extends StatementAccountView {
  readonly categories: StatementRowView[];
  readonly totals: StatementAmountsView;
  readonly credit: string;
  readonly recovered: string;
  readonly receipts: StatementMoneyView[];
  readonly total_received: string;
  readonly refunds: StatementMoneyView[];
  readonly total_refunded: string;
}
