import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Money } from '../../../../kernel/money/money.js';
import type { Percentage } from '../../../../kernel/money/percentage.js';
import type { InterestBasis } from '../../schedule/interest.js';
import { interestBasis, interestFor } from '../../schedule/interest.js';
import type { PlannedInstallment } from '../../schedule/loan-schedule.js';
import type { UnpostedInstallment } from '../../schedule/resume-plan.js';

/** What a payoff depends on. */
export interface PayoffPosition {
  readonly annualRate: Percentage;
  /** Through this day all interest is planned, posted or waived */
  readonly accruedThrough: CalendarDate;
  /** False while the loan is on hold: the weekly posting leaves its installments out */
  readonly isActive: boolean;
  /** Posted, neither paid nor written off, and not disputed */
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  /** Outstanding on disputed balances, which take no payment */
  readonly disputed: Money;
  readonly unposted: readonly UnpostedInstallment[];
  /** What the driver's payments have left over */
  readonly credit: Money;
}

/** What settles a loan on a day, number by number. */
export interface PayoffQuote {
  readonly asOf: CalendarDate;
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  readonly disputed: Money;
  readonly unpostedPrincipal: Money;
  /** On the unposted principal: that of the basis, and what is carried */
  readonly interest: Money;
  readonly interestBasis: InterestBasis;
  /** The planned interest of unposted installments that are asked for in full */
  readonly interestCarried: Money;
  /** The part of the driver's credit that pays the loan */
  readonly creditUsed: Money;
  /** What is left to pay: without the disputed, after the credit */
  readonly total: Money;
}

/**
 * What settles the loan on a day (docs/domain.md, "Payoff"): what is posted and unpaid, the principal that is not posted yet,
 * and its interest. Installments whose posting was voided, and those that the weekly posting posts by that day, ask for
 * their planned interest in full; the others accrue from where interest is settled by then, never for less than no day.
 * Throws PAYOFF_DATE_INVALID for a day before `today`.
 */
export function quotePayoff(position: PayoffPosition, asOf: CalendarDate, today: CalendarDate): PayoffQuote {
  if (asOf < today) {
    const sentence = `A payoff can be quoted as of today (${today}) or a later day, not as of ${asOf}.`;
    throw new DomainError('PAYOFF_DATE_INVALID', sentence, [{ field: 'as_of', message: sentence }]);
  }
  const { unpaid, disputed, unposted, annualRate, credit } = position;
  const isDue = ({ week }: UnpostedInstallment): boolean => position.isActive && week.start <= asOf;
  const inFull = unposted.filter((installment) => installment.hasAccrued || isDue(installment));
  const accruing = unposted.filter((installment) => !inFull.includes(installment));
  const settledThrough = inFull.reduce(
    (latest, { interestBasis: { to } }) => (to > latest ? to : latest),
    position.accruedThrough,
  );
  const basis = interestBasis({ principal: principalOf(accruing), annualRate }, settledThrough, asOf);
  const interestCarried = Money.sum(inFull.map(({ interest }) => interest));
  const interest = interestFor(basis).plus(interestCarried);
  const unpostedPrincipal = principalOf(unposted);
  const owed = Money.sum([unpaid.interest, unpaid.principal, unpostedPrincipal, interest]);
  const creditUsed = Money.min(credit, owed);
  return {
    asOf,
    unpaid,
    disputed,
    unpostedPrincipal,
    interest,
    interestBasis: basis,
    interestCarried,
    creditUsed,
    total: owed.minus(creditUsed),
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
    interestCarried: quote.interestCarried,
  };
}

function principalOf(installments: readonly UnpostedInstallment[]): Money {
  return Money.sum(installments.map(({ principal }) => principal));
}
