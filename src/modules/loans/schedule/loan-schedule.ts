import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import type { InterestBasis } from './interest.js';
import { interestBasis, interestFor } from './interest.js';
import { principalParts, weeklyPrincipal } from './repayment-matrix.js';

/** One planned installment, due on the Saturday of its week. */
export interface PlannedInstallment {
  readonly number: number;
  readonly week: PaymentWeek;
  readonly dueDate: CalendarDate;
  readonly principal: Money;
  /** The interest of the basis plus interestCarried */
  readonly interest: Money;
  readonly totalDue: Money;
  readonly interestBasis: InterestBasis;
  /** Interest carried over from the installments that this one replaces: zero except for a payoff */
  readonly interestCarried: Money;
}

export interface LoanPlan {
  readonly weeklyPrincipal: Money;
  readonly installments: readonly PlannedInstallment[];
  readonly totalInterest: Money;
  readonly totalPayable: Money;
  readonly endWeek: CalendarDate;
}

/** Principal and interest of one due date. The dates may have any distance. */
export interface PlannedPart {
  readonly dueDate: CalendarDate;
  readonly principal: Money;
  readonly interest: Money;
  readonly interestBasis: InterestBasis;
}

/**
 * Plans the interest of each part: for the days since the previous due date (since `accruesFrom` for the first part),
 * on the principal that is still scheduled then. A part due before `accruesFrom` has no days, because its interest is
 * settled. `principals` and `dueDates` have the same order.
 */
export function planParts(plan: {
  readonly principals: readonly Money[];
  readonly dueDates: readonly CalendarDate[];
  readonly accruesFrom: CalendarDate;
  readonly annualRate: Percentage;
}): PlannedPart[] {
  let scheduled = Money.sum(plan.principals);
  let from = plan.accruesFrom;
  return plan.dueDates.map((dueDate, index) => {
    const principal = plan.principals[index] ?? Money.ZERO;
    const basis = interestBasis({ principal: scheduled, annualRate: plan.annualRate }, from, dueDate);
    scheduled = scheduled.minus(principal);
    from = basis.to;
    return { dueDate, principal, interest: interestFor(basis), interestBasis: basis };
  });
}

/** Plans the whole schedule of a new loan, for both the preview and the creation. */
export function planLoan(terms: {
  readonly amount: Money;
  readonly annualRate: Percentage;
  readonly loanDate: CalendarDate;
  /** The Sunday of the first payment week */
  readonly startWeek: CalendarDate;
}): LoanPlan {
  const weekly = weeklyPrincipal(terms.amount);
  const installments = planWeeks({
    principals: principalParts(terms.amount, weekly),
    annualRate: terms.annualRate,
    accruesFrom: terms.loanDate,
    firstWeek: weekOf(terms.startWeek),
    firstNumber: 1,
  });
  const totalInterest = Money.sum(installments.map(({ interest }) => interest));
  const last = installments.at(-1);
  return {
    weeklyPrincipal: weekly,
    installments,
    totalInterest,
    totalPayable: terms.amount.plus(totalInterest),
    endWeek: last ? last.week.end : terms.startWeek,
  };
}

/** One installment for each of the consecutive payment weeks. */
function planWeeks(plan: {
  readonly principals: readonly Money[];
  readonly annualRate: Percentage;
  readonly accruesFrom: CalendarDate;
  readonly firstWeek: PaymentWeek;
  readonly firstNumber: number;
}): PlannedInstallment[] {
  const weeks = plan.principals.map((_, index) => weeksAfter(plan.firstWeek, index));
  const parts = planParts({ ...plan, dueDates: weeks.map((week) => week.end) });
  return parts.map((part, index) => plannedInstallment(part, plan.firstNumber + index));
}

/** The installment of the part, in the week of its due date. */
export function plannedInstallment(part: PlannedPart, number: number): PlannedInstallment {
  return {
    ...part,
    number,
    week: weekOf(part.dueDate),
    totalDue: part.principal.plus(part.interest),
    interestCarried: Money.ZERO,
  };
}
