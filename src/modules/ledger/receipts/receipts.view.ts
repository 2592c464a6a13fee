import type { Category } from '../account/category.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import type { ReceiptGroup } from './receipts.input.js';

export const CREDIT_GROUP = 'CREDIT';

export interface ReceiptAmountsView {
  readonly receipts: number;
  readonly received: string;
  readonly refunds: number;
  readonly refunded: string;
}

export interface ReceiptsRowView extends ReceiptAmountsView {
  readonly day: string | null;
  readonly method: PaymentMethod | null;
  readonly posted_by: number | null;
  readonly posted_by_name: string | null;
  readonly category: Category | typeof CREDIT_GROUP | null;
}

/** The money received and paid out in a period. */
export interface ReceiptsView {
  readonly from: string;
  readonly to: string;
  readonly group_by: ReceiptGroup[];
  readonly rows: ReceiptsRowView[];
  readonly totals: ReceiptAmountsView;
}
