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

/** A CREDIT and what is left of it to pay with. */
export interface Funds {
  readonly postingId: string;
  readonly amount: Money;
}

/** A balance that the payer names, and how much of the payment it is to get. */
export interface NamedPart<B extends PayableBalance> {
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
  /** What earlier payments left over, the oldest first */
  readonly credits: readonly Funds[];
  readonly payment: Funds;
  /** Without any it is a payment by hierarchy */
  readonly named: readonly NamedPart<B>[];
  /** All open balances of driver and lease, in any order */
  readonly open: readonly B[];
}

export interface AllocationResult<B extends PayableBalance> {
  readonly allocations: readonly Allocation<B>[];
  /** The part of the allocations that earlier credits paid */
  readonly creditUsed: Money;
  /** All that is left for driver and lease: of the earlier credits and of the payment */
  readonly unallocated: Money;
}

/** After its named balances a targeted payment pays the lease, then by the hierarchy. */
const ORDER_AFTER_NAMED: readonly Category[] = [
  'LEASE',
  ...PAYMENT_ORDER.filter((category) => category !== 'LEASE'),
];

/**
 * The allocation of any payment (domain.md, "Ledger"). By hierarchy: earlier credits first, the oldest first, then the
 * payment itself, on the categories in their fixed order; inside a category the oldest due date, then the oldest balance.
 * Targeted: the payment's own money on the named balances as they are named, the rest on the LEASE balances, then by
 * hierarchy; earlier credits wait for the next payment by hierarchy. What no debt takes is left unallocated. No debt
 * ever gets more than it owes, and no credit gives more than it has.
 */
export function allocatePayment<B extends PayableBalance>(asked: PaymentToAllocate<B>): AllocationResult<B> {
  const { credits, payment, named, open } = asked;
  const isTargeted = named.length > 0;
  const funds = [...(isTargeted ? [] : credits), payment].map(({ postingId, amount }) => ({
    postingId,
    left: amount,
  }));
  const owed = new Map(open.map((balance) => [balance.balanceId, balance.outstanding]));
  const allocations: Allocation<B>[] = [];
  const pay = (balance: B, upTo: Money, type: AllocationType): void => {
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
  for (const part of named) pay(part.balance, part.amount, 'TARGETED');
  for (const balance of inOrder(open, isTargeted ? ORDER_AFTER_NAMED : PAYMENT_ORDER)) {
    pay(balance, balance.outstanding, 'HIERARCHY');
  }
  const total = Money.sum([...credits, payment].map(({ amount }) => amount));
  return {
    allocations,
    creditUsed: allocated(allocations.filter((part) => part.paymentPostingId !== payment.postingId)),
    unallocated: total.minus(allocated(allocations)),
  };
}

function allocated(allocations: readonly { readonly amount: Money }[]): Money {
  return Money.sum(allocations.map(({ amount }) => amount));
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
