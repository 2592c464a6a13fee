import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Category } from '../account/category.js';

/** A balance that a payment paid. */
export interface PaidBalance {
  readonly category: Category;
  readonly reference_id: string;
  readonly description: string | null;
  readonly due_date: string;
  /** What the payment paid of it, in dollars */
  readonly paid: string;
  /** What is still owed of it now, in dollars */
  readonly outstanding_balance: string;
}

@Injectable()
export class PaymentReceiptQuery {
  /** In the order in which they were paid. A credit can pay a balance again that its payment already paid in part. */
  paidBalances(db: SqlRunner, postingId: string): Promise<PaidBalance[]> {
    return db.query(
      `SELECT b.category, b.reference_id, b.description, b.due_date, sum(a.amount_allocated)::numeric(12,2) AS paid,
              b.outstanding_balance
       FROM payment_allocations a JOIN ledger_balances b ON b.balance_id = a.balance_id
       WHERE a.payment_posting_id = $1
       GROUP BY b.posting_id
       ORDER BY min(a.id)`,
      [postingId],
    );
  }
}
