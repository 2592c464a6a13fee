import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Category } from '../account/category.js';
import { PAYMENT_ORDER } from '../account/category.js';

/** What decides when a balance is paid. */
export interface OrderedBalance {
  readonly category: Category;
  readonly dueDate: CalendarDate;
  /** The number of its posting: it grows with each new balance */
  readonly age: bigint;
}

/**
 * The balances that a payment by hierarchy pays, in the order of payment (docs/domain.md, "Payment by hierarchy"): by
 * category, then the earliest due date, then the oldest balance. Statements that pay many balances at once use the same
 * order in SQL (payment-order.sql.ts); payment-order.int-spec.ts compares the two.
 */
export function inOrderOfPayment<B extends OrderedBalance>(balances: readonly B[]): B[] {
  return balances.filter(({ category }) => PAYMENT_ORDER.includes(category)).sort(compare);
}

function compare(left: OrderedBalance, right: OrderedBalance): number {
  const rank = PAYMENT_ORDER.indexOf(left.category) - PAYMENT_ORDER.indexOf(right.category);
  if (rank !== 0) return rank;
  if (left.dueDate !== right.dueDate) return left.dueDate < right.dueDate ? -1 : 1;
  return left.age < right.age ? -1 : 1;
}
