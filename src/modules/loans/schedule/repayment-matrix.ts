import { Money } from '../../../kernel/money/money.js';

/** The weekly principal of a loan of at most `upTo`. If `weekly` is null, the loan is repaid in one installment. */
interface MatrixRow {
  readonly upTo: Money | null;
  readonly weekly: Money | null;
}

/**
 * docs/domain.md, "Repayment matrix". Each row begins above the limit of the previous one, so the rows cover all
 * amounts.
 */
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

/** The principal of each installment: the weekly principal, and the remainder in the last one. */
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
