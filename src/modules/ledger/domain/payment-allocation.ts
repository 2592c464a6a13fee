import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Category } from './category.js';
import { PAYMENT_ORDER } from './category.js';

/** An open debt as the allocation needs to know it. */
export interface PayableBalance {
  readonly balanceId: string;
  readonly category: Category;
  readonly dueDate: CalendarDate;
  /** Grows with each balance made: the older of two due on one day is paid first */
  readonly age: bigint;
  readonly outstanding: Money;
}

export interface Allocation<B extends PayableBalance> {
  readonly balance: B;
  readonly amount: Money;
  readonly outstandingAfter: Money;
}

export interface AllocationResult<B extends PayableBalance> {
  readonly allocations: readonly Allocation<B>[];
  readonly unallocated: Money;
}

/**
 * Payment by hierarchy: the categories in their fixed order, inside a category the oldest due date first, then
 * the oldest balance. What no debt takes is left unallocated.
 */
export function allocateByHierarchy<B extends PayableBalance>(
  amount: Money,
  balances: readonly B[],
): AllocationResult<B> {
  const allocations: Allocation<B>[] = [];
  let left = amount;
  for (const balance of balances.filter(isInHierarchy).sort(byHierarchy)) {
    if (left.isZero()) break;
    const paid = Money.min(left, balance.outstanding);
    allocations.push({ balance, amount: paid, outstandingAfter: balance.outstanding.minus(paid) });
    left = left.minus(paid);
  }
  return { allocations, unallocated: left };
}

function isInHierarchy({ category }: PayableBalance): boolean {
  return PAYMENT_ORDER.includes(category);
}

function byHierarchy(left: PayableBalance, right: PayableBalance): number {
  const rank = PAYMENT_ORDER.indexOf(left.category) - PAYMENT_ORDER.indexOf(right.category);
  if (rank !== 0) return rank;
  if (left.dueDate !== right.dueDate) return left.dueDate < right.dueDate ? -1 : 1;
  return left.age < right.age ? -1 : 1;
}
