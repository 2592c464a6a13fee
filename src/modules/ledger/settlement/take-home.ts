import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';

/** What the driver keeps of the earnings at least: an amount, or a share of the earnings. */
export type TakeHome = { readonly amount: Money } | { readonly percent: Percentage };

const HUNDRED = Percentage.of('100');

/** Reads "150.00" or "25%". Returns null for anything else, and for more than 100%. */
export function parseTakeHome(text: string): TakeHome | null {
  if (!text.endsWith('%')) {
    const amount = Money.parse(text);
    return amount && { amount };
  }
  const percent = Percentage.parse(text.slice(0, -1));
  return percent && !percent.isGreaterThan(HUNDRED) ? { percent } : null;
}

/** The part of the earnings that stays with the driver whatever the driver owes: never more than the earnings. */
export function keptOf(earnings: Money, takeHome: TakeHome): Money {
  if ('amount' in takeHome) return Money.min(takeHome.amount, earnings);
  return Money.rounded(earnings.toBig().times(takeHome.percent.toBig()).div(100));
}
