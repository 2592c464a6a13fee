import { Money } from '../../../kernel/money/money.js';

interface Share<T> {
  readonly item: T;
  readonly amount: Money;
}

/**
 * Divides the amount over the items in their order: each gets up to its limit until nothing is left. Items that get nothing
 * are left out.
 */
export function divideInOrder<T>(
  amount: Money,
  items: readonly T[],
  limitOf: (item: T) => Money,
): Share<T>[] {
  let left = amount;
  const shares = items.map((item) => {
    const share = Money.min(left, limitOf(item));
    left = left.minus(share);
    return { item, amount: share };
  });
  return shares.filter((share) => share.amount.isPositive());
}
