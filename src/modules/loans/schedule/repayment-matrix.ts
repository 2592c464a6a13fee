import { Money } from '../../../kernel/money/money.js';

/** What a loan of up to `upTo` repays of its principal each week; null: the whole amount at once. */
interface MatrixRow {
  readonly upTo: Money | null;
  readonly weekly: Money | null;
}

/** docs/domain.md, "Repayment matrix". Each row begins where the row above it ends, so no amount is left out. */
const MATRIX: readonly MatrixRow[] = [
  { upTo: Money.of('200.00'), weekly: null },
  { upTo: Money.of('500.00'), weekly: Money.of('100.00') },
  { upTo: Money.of('1000.00'), weekly: Money.of('200.00') },
  { upTo: Money.of('3000.00'), weekly: Money.of('250.00') },
  { upTo: null, weekly: Money.of('300.00') },
];

/** The weekly principal of a loan of this amount. */
export function weeklyPrincipal(loanAmount: Money): Money {
  const row = MATRIX.find(({ upTo }) => upTo === null || !loanAmount.isGreaterThan(upTo));
  return row?.weekly ?? loanAmount;
}

/** The principal of each installment: the weekly principal until the last, which takes the remainder. */
export function principalParts(loanAmount: Money, weekly: Money): Money[] {
  const parts: Money[] = [];
  let left = loanAmount;
  while (left.isPositive()) {
    const part = Money.min(weekly, left);
    parts.push(part);
    left = left.minus(part);
  }
  return parts;
}
