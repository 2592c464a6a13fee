import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { daysBetween } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';

const DAYS_IN_YEAR = 365;

/** The inputs of an installment's interest, stored so that anyone can recompute it. */
export interface InterestBasis {
  /** Principal that was still scheduled when the period began, in dollars */
  readonly principal: Money;
  /** Percent a year */
  readonly annualRate: Percentage;
  /** The period begins after this day. Interest is settled through this day */
  readonly from: CalendarDate;
  /** Last day of the period */
  readonly to: CalendarDate;
  /** Calendar days of the period */
  readonly days: number;
}

/** The basis of the period after `from` through `through`. The period has no days if `through` is not after `from`. */
export function interestBasis(
  loan: Pick<InterestBasis, 'principal' | 'annualRate'>,
  from: CalendarDate,
  through: CalendarDate,
): InterestBasis {
  const to = through > from ? through : from;
  return { principal: loan.principal, annualRate: loan.annualRate, from, to, days: daysBetween(from, to) };
}

/**
 * Simple interest: principal × rate/100 × days/365, rounded half up to cents, once for each installment. A leap year
 * also counts as 365 days (docs/domain.md, "Interest").
 */
export function interestFor({
  principal,
  annualRate,
  days,
}: Pick<InterestBasis, 'principal' | 'annualRate' | 'days'>): Money {
  const yearly = principal.toBig().times(annualRate.toBig());
  return Money.rounded(yearly.times(days).div(100 * DAYS_IN_YEAR));
}
