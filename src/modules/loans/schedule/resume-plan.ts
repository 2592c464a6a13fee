import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays, daysBetween } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weeksAfter } from '../../../kernel/calendar/payment-week.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import { interestBasis, interestFor } from './interest.js';
import type { PlannedInstallment, PlannedPart } from './loan-schedule.js';
import { plannedInstallment, planParts } from './loan-schedule.js';

/** An installment that is not in the ledger, and can be moved. */
export interface UnpostedInstallment extends PlannedInstallment {
  /** It was posted and its posting was voided: its interest is accrued already, and it keeps it. */
  readonly hasAccrued: boolean;
}

/** Interest that is given up: the days after `from` up to `to`. */
export interface InterestWaiver {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly days: number;
  readonly amount: Money;
}

export interface ResumePlan {
  readonly installments: readonly PlannedInstallment[];
  /** Null where nothing is waived */
  readonly waiver: InterestWaiver | null;
}

/**
 * The week in which a held loan resumes when no other is asked for: the next payment week, or a later one, so that
 * no installment comes before its own week (docs/domain.md, "Hold and resume").
 */
export function defaultResumeWeek(
  unposted: readonly Pick<UnpostedInstallment, 'week'>[],
  currentWeek: PaymentWeek,
): PaymentWeek {
  // the installments move to consecutive weeks, so the one at `index` comes `index` weeks after the first
  const ownWeeks = unposted.map(({ week }, index) => weeksAfter(week, -index));
  return [weeksAfter(currentWeek, 1), ...ownWeeks].reduce((latest, week) =>
    week.start > latest.start ? week : latest,
  );
}

/**
 * Moves unposted installments to consecutive weeks from the first one (docs/domain.md, "Accrual"). Those that were posted
 * before keep their own interest. The others accrue from where the loan's interest is accrued through, each of the
 * later ones from the due date before it. A waiver starts the first of them seven days before it is due, where that is
 * later: it never raises interest.
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

/** What a waiver gives up of the first part: all but the seven days before it is due. */
function waiverOf([first]: readonly PlannedPart[]): InterestWaiver | null {
  if (!first) return null;
  const { from } = first.interestBasis;
  const to = addDays(first.dueDate, -7);
  if (to <= from) return null;
  const kept = interestFor(interestBasis(first.interestBasis, to, first.dueDate));
  return { from, to, days: daysBetween(from, to), amount: first.interest.minus(kept) };
}
