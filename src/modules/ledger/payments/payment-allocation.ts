import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Category } from '../account/category.js';
import { PAYMENT_ORDER } from '../account/category.js';

/** An open debt as the allocation needs to know it. */
export interface PayableBalance {
  readonly balanceId: string;
  readonly leaseId: number;
  readonly category: Category;
  readonly dueDate: CalendarDate;
  /** Grows with each balance made: the older of two due on one day is paid first */
  readonly age: bigint;
  readonly outstanding: Money;
}

/** A CREDIT and what is left of it to pay with. */
export interface CreditSource {
  readonly postingId: string;
  readonly amount: Money;
}

/** A balance that the payer names, and how much of the payment it is to get. */
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
  /** What earlier payments of the driver left over, the oldest first */
  readonly credits: readonly CreditSource[];
  readonly payment: CreditSource;
  /** The lease whose debts the payment pays; the driver's other debts only get what is left over */
  readonly leaseId: number;
  /** Without any it is a payment by hierarchy */
  readonly named: readonly TargetedPart<B>[];
  /** All open balances of the driver, in any order */
  readonly open: readonly B[];
}

export interface AllocationResult<B extends PayableBalance> {
  readonly allocations: readonly Allocation<B>[];
  /** The part of the allocations that earlier credits paid */
  readonly creditUsed: Money;
  /** What is left of the payment: a credit of the driver. payment + creditUsed = allocations + unallocated */
  readonly unallocated: Money;
}

/** After its named balances a targeted payment pays the lease, then by the hierarchy. */
const ORDER_AFTER_NAMED: readonly Category[] = [
  'LEASE',
  ...PAYMENT_ORDER.filter((category) => category !== 'LEASE'),
];

/**
 * The allocation of any payment (docs/domain.md, "Payment by hierarchy"), in this order: the payment on the balances that
 * it names; earlier credits, the oldest first, on all debts of the driver; the payment on the debts of its lease, by
 * hierarchy or, after named balances, with the LEASE balances first; what is then left on all debts of the driver. The
 * hierarchy is the fixed order of the categories, inside a category the oldest due date, then the oldest balance. What no
 * debt takes is left unallocated. No debt ever gets more than it owes, and no credit gives more than it has.
 */
export function allocatePayment<B extends PayableBalance>(asked: PaymentToAllocate<B>): AllocationResult<B> {
  const { payment, named, open } = asked;
  const credits = asked.credits.map(fundOf);
  const own = fundOf(payment);
  const owed = new Map(open.map((balance) => [balance.balanceId, balance.outstanding]));
  const allocations: Allocation<B>[] = [];
  const pay = (balance: B, funds: readonly Fund[], upTo: Money, type: AllocationType): void => {
    let wanted = Money.min(upTo, owed.get(balance.balanceId) ?? Money.ZERO);
    for (const fund of funds) {
      const amount = Money.min(wanted, fund.left);
      if (amount.isZero()) continue;
      const outstandingAfter = (owed.get(balance.balanceId) ?? Money.ZERO).minus(amount);
      owed.set(balance.balanceId, outstandingAfter);
      fund.left = fund.left.minus(amount);
      wanted = wanted.minus(amount);
      allocations.push({ paymentPostingId: fund.postingId, balance, amount, outstandingAfter, type });
    }
  };
  const payInOrder = (balances: readonly B[], funds: readonly Fund[], order: readonly Category[]): void => {
    for (const balance of inOrder(balances, order)) pay(balance, funds, balance.outstanding, 'HIERARCHY');
  };
  for (const part of named) pay(part.balance, [own], part.amount, 'TARGETED');
  payInOrder(open, credits, PAYMENT_ORDER);
  const ofLease = open.filter(({ leaseId }) => leaseId === asked.leaseId);
  payInOrder(ofLease, [own], named.length > 0 ? ORDER_AFTER_NAMED : PAYMENT_ORDER);
  payInOrder(open, [own], PAYMENT_ORDER);
  const ofCredits = allocations.filter(({ paymentPostingId }) => paymentPostingId !== payment.postingId);
  return {
    allocations,
    creditUsed: Money.sum(ofCredits.map(({ amount }) => amount)),
    unallocated: own.left,
  };
}

interface Fund {
  readonly postingId: string;
  left: Money;
}

function fundOf({ postingId, amount }: CreditSource): Fund {
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
