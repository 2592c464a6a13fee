import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays, daysBetween } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import type { InterestBasis } from './interest.js';
import { interestFor } from './interest.js';
import { principalParts, weeklyPrincipal } from './repayment-matrix.js';

/** One planned week of repayment; due on the Saturday of its week. */
export interface PlannedInstallment {
  readonly number: number;
  readonly week: PaymentWeek;
  readonly dueDate: CalendarDate;
  readonly principal: Money;
  readonly interest: Money;
  readonly totalDue: Money;
  readonly interestBasis: InterestBasis;
}

export interface LoanPlan {
  readonly weeklyPrincipal: Money;
  readonly installments: readonly PlannedInstallment[];
  readonly totalInterest: Money;
  readonly totalPayable: Money;
  readonly endWeek: CalendarDate;
}

/** Principal and interest of one due date, whatever the rhythm of the dates. */
export interface PlannedPart {
  readonly dueDate: CalendarDate;
  readonly principal: Money;
  readonly interest: Money;
  readonly interestBasis: InterestBasis;
}

/**
 * Interest on each part for the days since the due date before it (since `accruesFrom` for the first), on the
 * principal that is still scheduled then. Parts and dates stand in step.
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
    const interestBasis = {
      principal: scheduled,
      annualRate: plan.annualRate,
      days: daysBetween(from, dueDate),
    };
    scheduled = scheduled.minus(principal);
    from = dueDate;
    return { dueDate, principal, interest: interestFor(interestBasis), interestBasis };
  });
}

/** The whole schedule of a new loan: what a preview shows is what a creation stores. */
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

/** Consecutive payment weeks from the first one, an installment each. */
export function planWeeks(plan: {
  readonly principals: readonly Money[];
  readonly annualRate: Percentage;
  readonly accruesFrom: CalendarDate;
  readonly firstWeek: PaymentWeek;
  readonly firstNumber: number;
}): PlannedInstallment[] {
  const weeks = plan.principals.map((_, index) => weeksAfter(plan.firstWeek, index));
  const parts = planParts({ ...plan, dueDates: weeks.map((week) => week.end) });
  return parts.map((part, index) => ({
    ...part,
    number: plan.firstNumber + index,
    week: weekOf(part.dueDate),
    totalDue: part.principal.plus(part.interest),
  }));
}

/** Where interest begins to run when a held loan resumes: over the gap, or, waived, for the first week alone. */
export function accrualStartOfResume(resume: {
  readonly resumeWeek: PaymentWeek;
  /** Due date of the last posted installment, or the loan date where none is posted */
  readonly accruedUntil: CalendarDate;
  readonly waiveInterest: boolean;
}): CalendarDate {
  return resume.waiveInterest ? addDays(resume.resumeWeek.end, -7) : resume.accruedUntil;
}
