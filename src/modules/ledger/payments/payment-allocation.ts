import { Money } from '../../../kernel/money/money.js';
import type { AllocationType } from '../account/allocation-reason.js';
import { divideInOrder } from '../payment-order/divide-in-order.js';
import type { OrderedBalance } from '../payment-order/payment-order.js';
import { inOrderOfPayment } from '../payment-order/payment-order.js';

/** An open balance, as far as the allocation needs it. */
export interface PayableBalance extends OrderedBalance {
  readonly balanceId: string;
  readonly leaseId: number;
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
  /**
   * The lease whose balances the payment pays first; other balances of the driver get only what is left. Null: the payment
   * pays the balances of all leases in one order.
   */
  readonly leaseId: number | null;
  /** The selected balances of a targeted payment; empty for a payment by hierarchy */
  readonly targeted: readonly TargetedPart<B>[];
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

/**
 * Allocates a payment (docs/domain.md, "Payment by hierarchy") in four steps:
 * 1. the payment to the balances that it selects;
 * 2. earlier credits, the oldest first, to all balances of the driver;
 * 3. the payment to the balances of its lease, by hierarchy; after selected balances, LEASE balances come first;
 * 4. the rest of the payment to all balances of the driver.
 *
 * The hierarchy is the order of payment (payment-order.ts). What no balance needs remains unallocated. No balance gets
 * more than its outstanding amount, and no credit gives more than it has.
 */
export function allocatePayment<B extends PayableBalance>(
  request: PaymentToAllocate<B>,
): AllocationResult<B> {
  const { payment, targeted, open, leaseId } = request;
  const credits = request.credits.map(remainingCreditOf);
  const own = remainingCreditOf(payment);
  const owed = new Map(open.map((balance) => [balance.balanceId, balance.outstanding]));
  const allocations: Allocation<B>[] = [];
  const pay = (balance: B, sources: readonly RemainingCredit[], upTo: Money, type: AllocationType): void => {
    const outstanding = owed.get(balance.balanceId) ?? Money.ZERO;
    let outstandingAfter = outstanding;
    for (const { item: source, amount } of divideInOrder(Money.min(upTo, outstanding), sources, leftOf)) {
      outstandingAfter = outstandingAfter.minus(amount);
      source.left = source.left.minus(amount);
      allocations.push({ paymentPostingId: source.postingId, balance, amount, outstandingAfter, type });
    }
    owed.set(balance.balanceId, outstandingAfter);
  };
  const payAll = (balances: readonly B[], sources: readonly RemainingCredit[]): void => {
    for (const balance of balances) pay(balance, sources, balance.outstanding, 'HIERARCHY');
  };
  const byHierarchy = inOrderOfPayment(open);
  const ofLease = byHierarchy.filter((balance) => balance.leaseId === leaseId);
  for (const part of targeted) pay(part.balance, [own], part.amount, 'TARGETED');
  payAll(byHierarchy, credits);
  payAll(targeted.length > 0 ? leaseFirst(ofLease) : ofLease, [own]);
  payAll(byHierarchy, [own]);
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

const leftOf = ({ left }: RemainingCredit): Money => left;

/** The same order, but with the LEASE balances first. */
function leaseFirst<B extends PayableBalance>(balances: readonly B[]): B[] {
  const isLease = ({ category }: B): boolean => category === 'LEASE';
  return [...balances.filter(isLease), ...balances.filter((balance) => !isLease(balance))];
}
