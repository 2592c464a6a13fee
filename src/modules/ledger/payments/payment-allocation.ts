import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Category } from '../account/category.js';
import { PAYMENT_ORDER } from '../account/category.js';

/** An open balance, as far as the allocation needs it. */
export interface PayableBalance {
  readonly balanceId: string;
  readonly leaseId: number;
  readonly category: Category;
  readonly dueDate: CalendarDate;
  /** Grows with each new balance: of two balances due on the same day, the older one is paid first */
  readonly age: bigint;
  readonly outstanding: Money;
}

/** A CREDIT and its unused amount. */
export interface CreditSource {
  readonly postingId: string;
  readonly amount: Money;
}

/** A balance that the payer selects, and the part of the payment for it. */
export interface TargetedPart<B extends PayableBalance> {
  readonly balance: B;
  readonly amount: Money;
}

type AllocationType = 'HIERARCHY' | 'TARGETED';

export interface Allocation<B extends PayableBalance> {
  readonly paymentPostingId: string;
  readonly balance: B;
  readonly amount: Money;
  readonly outstandingAfter: Money;
  readonly type: AllocationType;
}

export interface PaymentToAllocate<B extends PayableBalance> {
  /** Unused credits of earlier payments of the driver, the oldest first */
  readonly credits: readonly CreditSource[];
  readonly payment: CreditSource;
  /** The lease whose balances the payment pays first; other balances of the driver get only what is left */
  readonly leaseId: number;
  /** The selected balances of a targeted payment; empty for a payment by hierarchy */
  readonly named: readonly TargetedPart<B>[];
  /** All open balances of the driver, in any order */
  readonly open: readonly B[];
}

export interface AllocationResult<B extends PayableBalance> {
  readonly allocations: readonly Allocation<B>[];
  /** The part of the allocations that earlier credits paid */
  readonly creditUsed: Money;
  /** The rest of the payment: a credit of the driver. payment + creditUsed = allocations + unallocated */
  readonly unallocated: Money;
}

/** After its selected balances, a targeted payment pays LEASE balances, then the rest of the hierarchy. */
const ORDER_AFTER_TARGETED: readonly Category[] = [
  'LEASE',
  ...PAYMENT_ORDER.filter((category) => category !== 'LEASE'),
];

/**
 * Allocates a payment (docs/domain.md, "Payment by hierarchy") in four steps:
 * 1. the payment to the balances that it selects;
 * 2. earlier credits, the oldest first, to all balances of the driver;
 * 3. the payment to the balances of its lease, by hierarchy; after selected balances, LEASE balances come first;
 * 4. the rest of the payment to all balances of the driver.
 *
 * The hierarchy is the fixed order of the categories, then the oldest due date, then the oldest balance. What no balance
 * needs remains unallocated. No balance gets more than its outstanding amount, and no credit gives more than it has.
 */
export function allocatePayment<B extends PayableBalance>(
  request: PaymentToAllocate<B>,
): AllocationResult<B> {
  const { payment, named, open } = request;
  const credits = request.credits.map(remainingCreditOf);
  const own = remainingCreditOf(payment);
  const owed = new Map(open.map((balance) => [balance.balanceId, balance.outstanding]));
  const allocations: Allocation<B>[] = [];
  const pay = (balance: B, sources: readonly RemainingCredit[], upTo: Money, type: AllocationType): void => {
    let wanted = Money.min(upTo, owed.get(balance.balanceId) ?? Money.ZERO);
    for (const source of sources) {
      const amount = Money.min(wanted, source.left);
      if (amount.isZero()) continue;
      const outstandingAfter = (owed.get(balance.balanceId) ?? Money.ZERO).minus(amount);
      owed.set(balance.balanceId, outstandingAfter);
      source.left = source.left.minus(amount);
      wanted = wanted.minus(amount);
      allocations.push({ paymentPostingId: source.postingId, balance, amount, outstandingAfter, type });
    }
  };
  const payInOrder = (
    balances: readonly B[],
    sources: readonly RemainingCredit[],
    order: readonly Category[],
  ): void => {
    for (const balance of inOrder(balances, order)) pay(balance, sources, balance.outstanding, 'HIERARCHY');
  };
  for (const part of named) pay(part.balance, [own], part.amount, 'TARGETED');
  payInOrder(open, credits, PAYMENT_ORDER);
  const ofLease = open.filter(({ leaseId }) => leaseId === request.leaseId);
  payInOrder(ofLease, [own], named.length > 0 ? ORDER_AFTER_TARGETED : PAYMENT_ORDER);
  payInOrder(open, [own], PAYMENT_ORDER);
  const ofCredits = allocations.filter(({ paymentPostingId }) => paymentPostingId !== payment.postingId);
  return {
    allocations,
    creditUsed: Money.sum(ofCredits.map(({ amount }) => amount)),
    unallocated: own.left,
  };
}

interface RemainingCredit {
  readonly postingId: string;
  left: Money;
}

function remainingCreditOf({ postingId, amount }: CreditSource): RemainingCredit {
  return { postingId, left: amount };
}

function inOrder<B extends PayableBalance>(balances: readonly B[], order: readonly Category[]): B[] {
  return balances
    .filter(({ category }) => order.includes(category))
    .sort((left, right) => {
      const rank = order.indexOf(left.category) - order.indexOf(right.category);
      if (rank !== 0) return rank;
      if (left.dueDate !== right.dueDate) return left.dueDate < right.dueDate ? -1 : 1;
      return left.age < right.age ? -1 : 1;
    });
}
