import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { daysBetween } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import type { InterestBasis } from './interest.js';
import { interestFor } from './interest.js';
import type { PlannedInstallment } from './loan-schedule.js';

/** How a loan stands when its payoff is asked for. */
export interface PayoffPosition {
  readonly loanDate: CalendarDate;
  readonly annualRate: Percentage;
  /** Due date of the last posted installment, or null where none is posted */
  readonly lastPostedDueDate: CalendarDate | null;
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  readonly unpostedPrincipal: Money;
}

/** What settles a loan on a day, number by number. */
export interface PayoffQuote {
  readonly asOf: CalendarDate;
  /** Posted, and neither paid nor written off */
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  readonly unpostedPrincipal: Money;
  /** On the unposted principal */
  readonly interest: Money;
  readonly interestBasis: InterestBasis;
  readonly accruesFrom: CalendarDate;
  readonly total: Money;
}

/**
 * What settles the loan on a day (domain.md, "Payoff"): what is posted and unpaid, the principal that is not posted yet,
 * and the interest on that from the due date of the last posted installment, or from the loan date. Where that date is
 * still to come, its interest is posted already, and the days are none. Throws PAYOFF_DATE_INVALID.
 */
export function quotePayoff(position: PayoffPosition, asOf: CalendarDate): PayoffQuote {
  if (asOf < position.loanDate) {
    const sentence = `The loan was lent on ${position.loanDate}; it has no payoff as of ${asOf}.`;
    throw new DomainError('PAYOFF_DATE_INVALID', sentence, [{ field: 'as_of', message: sentence }]);
  }
  const { unpaid, unpostedPrincipal, annualRate } = position;
  const accruesFrom = position.lastPostedDueDate ?? position.loanDate;
  const interestBasis = {
    principal: unpostedPrincipal,
    annualRate,
    days: Math.max(0, daysBetween(accruesFrom, asOf)),
  };
  const interest = interestFor(interestBasis);
  return {
    asOf,
    unpaid,
    unpostedPrincipal,
    interest,
    interestBasis,
    accruesFrom,
    total: Money.sum([unpaid.interest, unpaid.principal, unpostedPrincipal, interest]),
  };
}

/** The one installment that takes the place of all unposted ones, due on the Saturday of its week like any other. */
export function payoffInstallment(quote: PayoffQuote, week: PaymentWeek, number: number): PlannedInstallment {
  return {
    number,
    week,
    dueDate: week.end,
    principal: quote.unpostedPrincipal,
    interest: quote.interest,
    totalDue: quote.unpostedPrincipal.plus(quote.interest),
    interestBasis: quote.interestBasis,
  };
}
