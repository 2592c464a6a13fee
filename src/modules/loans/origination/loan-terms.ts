import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { isSunday, nearestSundays, weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';

export const MAX_WEEKS_AHEAD = 52;

export interface LoanTerms {
  readonly amount: Money;
  readonly annualRate: Percentage;
  /** The Sunday on which repayment begins */
  readonly startWeek: CalendarDate;
}

export interface LoanLimits {
  readonly maxAmount: Money;
  readonly maxRate: Percentage;
}

/**
 * Checks the terms of a new loan. Each rule has its own error code (docs/domain.md, "Loans"). If terms break several rules,
 * throws VALIDATION_FAILED with all of them.
 */
export function checkLoanTerms(terms: LoanTerms, limits: LoanLimits, today: CalendarDate): void {
  throwAll([
    () => checkAmount(terms, limits),
    () => checkRate(terms, limits),
    () => checkStartWeek(terms.startWeek, today),
  ]);
}

function throwAll(checks: readonly (() => void)[]): void {
  const errors = checks.flatMap((check) => errorOf(check) ?? []);
  const [first] = errors;
  if (!first) return;
  if (errors.length === 1) throw first;
  throw new DomainError(
    'VALIDATION_FAILED',
    errors.map(({ message }) => message).join(' '),
    errors.flatMap(({ fields }) => fields),
  );
}

function errorOf(check: () => void): DomainError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function checkAmount(terms: LoanTerms, limits: LoanLimits): void {
  if (!terms.amount.isPositive() || terms.amount.isGreaterThan(limits.maxAmount)) {
    refuse(
      'LOAN_AMOUNT_OUT_OF_RANGE',
      'loan_amount',
      `loan_amount must be greater than $0.00 and at most ${printedDollars(limits.maxAmount)} ` +
        `(got ${printedDollars(terms.amount)}).`,
    );
  }
}

function checkRate(terms: LoanTerms, limits: LoanLimits): void {
  if (terms.annualRate.isGreaterThan(limits.maxRate)) {
    refuse(
      'INTEREST_RATE_OUT_OF_RANGE',
      'interest_rate',
      `interest_rate must be between 0 and ${limits.maxRate} percent a year (got ${terms.annualRate}).`,
    );
  }
}

/** The start week must be a Sunday, from the current payment week to 52 weeks ahead. */
export function checkStartWeek(startWeek: CalendarDate, today: CalendarDate): void {
  if (!isSunday(startWeek)) {
    const [before, after] = nearestSundays(startWeek);
    const sentence = `${startWeek} is not a Sunday; the nearest Sundays are ${before} and ${after}.`;
    refuse('START_WEEK_NOT_SUNDAY', 'start_week', sentence);
  }
  const first = weekOf(today);
  const last = weeksAfter(first, MAX_WEEKS_AHEAD);
  if (startWeek < first.start || startWeek > last.start) {
    const sentence = `start_week must be between ${first.start} and ${last.start} (got ${startWeek}).`;
    refuse('START_WEEK_OUT_OF_RANGE', 'start_week', sentence);
  }
}

type TermsError =
  | 'LOAN_AMOUNT_OUT_OF_RANGE'
  | 'INTEREST_RATE_OUT_OF_RANGE'
  | 'START_WEEK_NOT_SUNDAY'
  | 'START_WEEK_OUT_OF_RANGE';

function refuse(code: TermsError, field: string, sentence: string): never {
  throw new DomainError(code, sentence, [{ field, message: sentence }]);
}
