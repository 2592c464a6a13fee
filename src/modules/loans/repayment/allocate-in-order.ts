import { Money } from '../../../kernel/money/money.js';

/** Allocates a payment to the balances in their order: each in full until the money runs out. */
export function allocateInOrder<B extends { readonly balanceId: string; readonly outstanding: Money }>(
  payment: Money,
  balances: readonly B[],
): { balanceId: string; amount: Money }[] {
  let left = payment;
  const parts = balances.map(({ balanceId, outstanding }) => {
    const amount = Money.min(left, outstanding);
    left = left.minus(amount);
    return { balanceId, amount };
  });
  return parts.filter(({ amount }) => amount.isPositive());
}
