import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { daysBetween } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';

const DAYS_IN_YEAR = 365;

/** What an installment's interest was computed from, so that anybody can compute it again. */
export interface InterestBasis {
  /** Principal still scheduled when the period began, in dollars */
  readonly principal: Money;
  /** Percent a year */
  readonly annualRate: Percentage;
  /** The period begins after this day: interest is settled through it */
  readonly from: CalendarDate;
  /** Last day of the period */
  readonly to: CalendarDate;
  /** Calendar days of the period */
  readonly days: number;
}

/** The basis of the period after `from` up to `through`; a period of no days where interest is settled further already. */
export function interestBasis(
  loan: Pick<InterestBasis, 'principal' | 'annualRate'>,
  from: CalendarDate,
  through: CalendarDate,
): InterestBasis {
  const to = through > from ? through : from;
  return { principal: loan.principal, annualRate: loan.annualRate, from, to, days: daysBetween(from, to) };
}

/**
 * Simple interest: principal × rate/100 × days/365, half-up to cents, once per installment.
 * The year has 365 days, also a leap year (docs/domain.md, "Interest").
 */
export function interestFor({
  principal,
  annualRate,
  days,
}: Pick<InterestBasis, 'principal' | 'annualRate' | 'days'>): Money {
  const yearly = principal.toBig().times(annualRate.toBig());
  return Money.rounded(yearly.times(days).div(100 * DAYS_IN_YEAR));
}
