import { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';

const DAYS_IN_YEAR = 365;

/** What an installment's interest was computed from, so that anybody can compute it again. */
export interface InterestBasis {
  /** Principal still scheduled when the days began, in dollars */
  readonly principal: Money;
  /** Percent a year */
  readonly annualRate: Percentage;
  /** Calendar days */
  readonly days: number;
}

/**
 * Simple interest: principal × rate/100 × days/365, half-up to cents, once per installment.
 * The year has 365 days, also a leap year (domain.md, "Interest").
 */
export function interestFor({ principal, annualRate, days }: InterestBasis): Money {
  const yearly = principal.toBig().times(annualRate.toBig());
  return Money.rounded(yearly.times(days).div(100 * DAYS_IN_YEAR));
}
