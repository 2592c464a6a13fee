import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays, daysBetween } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weeksAfter } from '../../../kernel/calendar/payment-week.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import { interestBasis, interestFor } from './interest.js';
import type { PlannedInstallment, PlannedPart } from './loan-schedule.js';
import { plannedInstallment, planParts } from './loan-schedule.js';

/** An installment that is not posted and can be moved. */
export interface UnpostedInstallment extends PlannedInstallment {
  /** It was posted and its posting was voided: its interest is already accrued and does not change. */
  readonly hasAccrued: boolean;
}

/** Waived interest of the days after `from` through `to`. */
export interface InterestWaiver {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly days: number;
  readonly amount: Money;
}

export interface ResumePlan {
  readonly installments: readonly PlannedInstallment[];
  /** Null if nothing is waived */
  readonly waiver: InterestWaiver | null;
}

/**
 * The default week in which a held loan resumes: the next payment week, or a later one so that no installment falls
 * before its own week (docs/domain.md, "Hold and resume").
 */
export function defaultResumeWeek(
  unposted: readonly Pick<UnpostedInstallment, 'week'>[],
  currentWeek: PaymentWeek,
): PaymentWeek {
  // the installments move to consecutive weeks, so the one at `index` is `index` weeks after the first
  const ownWeeks = unposted.map(({ week }, index) => weeksAfter(week, -index));
  return [weeksAfter(currentWeek, 1), ...ownWeeks].reduce((latest, week) =>
    week.start > latest.start ? week : latest,
  );
}

/**
 * Moves unposted installments to consecutive weeks from `firstWeek` (docs/domain.md, "Accrual"). The interest of those
 * that were posted before does not change. For the others, interest accrues from `accruedThrough` for the first one and
 * from the previous due date for each later one. With a waiver, the interest of the first one starts seven days before
 * its due date, if that is later, so a waiver never raises interest.
 */
export function planResume(resume: {
  readonly unposted: readonly UnpostedInstallment[];
  readonly annualRate: Percentage;
  readonly accruedThrough: CalendarDate;
  readonly firstWeek: PaymentWeek;
  readonly waiveInterest: boolean;
}): ResumePlan {
  const moved = resume.unposted.map((installment, index) => ({
    ...installment,
    week: weeksAfter(resume.firstWeek, index),
  }));
  const accruing = moved.filter(({ hasAccrued }) => !hasAccrued);
  const plan = {
    principals: accruing.map(({ principal }) => principal),
    dueDates: accruing.map(({ week }) => week.end),
    annualRate: resume.annualRate,
  };
  const full = planParts({ ...plan, accruesFrom: resume.accruedThrough });
  const waiver = resume.waiveInterest ? waiverOf(full) : null;
  const parts = waiver ? planParts({ ...plan, accruesFrom: waiver.to }) : full;
  const planned = new Map(
    parts.map((part, index) => {
      const number = accruing[index]?.number ?? 0;
      return [number, plannedInstallment(part, number)];
    }),
  );
  const installments = moved.map(
    (installment) => planned.get(installment.number) ?? { ...installment, dueDate: installment.week.end },
  );
  return { installments, waiver };
}

/** The waived interest of the first part: all except that of the seven days before its due date. */
function waiverOf([first]: readonly PlannedPart[]): InterestWaiver | null {
  if (!first) return null;
  const { from } = first.interestBasis;
  const to = addDays(first.dueDate, -7);
  if (to <= from) return null;
  const kept = interestFor(interestBasis(first.interestBasis, to, first.dueDate));
  return { from, to, days: daysBetween(from, to), amount: first.interest.minus(kept) };
}
