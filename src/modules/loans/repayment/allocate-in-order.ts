import { Money } from '../../../kernel/money/money.js';

/** Shares a payment out over debts in their order: each in full, the last one as far as it goes. */
export function allocateInOrder<B extends { readonly balanceId: string; readonly outstanding: Money }>(
  payment: Money,
  debts: readonly B[],
): { balanceId: string; amount: Money }[] {
  let left = payment;
  const parts = debts.map(({ balanceId, outstanding }) => {
    const amount = Money.min(left, outstanding);
    left = left.minus(amount);
    return { balanceId, amount };
  });
  return parts.filter(({ amount }) => amount.isPositive());
}
