import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Money } from '../../../../kernel/money/money.js';
import type { Percentage } from '../../../../kernel/money/percentage.js';
import type { InterestBasis } from '../../schedule/interest.js';
import { interestBasis, interestFor } from '../../schedule/interest.js';
import type { PlannedInstallment } from '../../schedule/loan-schedule.js';
import type { UnpostedInstallment } from '../../schedule/resume-plan.js';

/** The state of a loan from which a payoff is computed. */
export interface PayoffPosition {
  readonly annualRate: Percentage;
  /** The day through which all interest is planned, posted or waived */
  readonly accruedThrough: CalendarDate;
  /** False if the loan is on hold: the weekly posting skips its installments */
  readonly isActive: boolean;
  /** Posted, neither paid nor written off, and not disputed */
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  /** Outstanding on disputed balances, which accept no payment */
  readonly disputed: Money;
  readonly unposted: readonly UnpostedInstallment[];
  /** The unused credit of the driver */
  readonly credit: Money;
}

/** The amounts that settle a loan on a day. */
export interface PayoffQuote {
  readonly asOf: CalendarDate;
  readonly unpaid: { readonly interest: Money; readonly principal: Money };
  readonly disputed: Money;
  readonly unpostedPrincipal: Money;
  /** Interest on the unposted principal: that of the basis plus interestCarried */
  readonly interest: Money;
  readonly interestBasis: InterestBasis;
  /** The planned interest of the unposted installments that are charged in full */
  readonly interestCarried: Money;
  /** The part of the driver's credit that pays the loan */
  readonly creditUsed: Money;
  /** The amount to pay: without disputed amounts, after the credit */
  readonly total: Money;
}

/**
 * The amount that settles the loan on a day (docs/domain.md, "Payoff"): the posted and unpaid amount, the unposted
 * principal and its interest. Planned interest is charged in full for installments whose posting was voided and for
 * those that the weekly posting posts by that day. For the others, interest accrues from the day through which it is
 * settled, for zero days or more. Throws PAYOFF_DATE_INVALID for a day before `today`.
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

/** The installment that replaces all unposted ones, due on the Saturday of its week. */
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
