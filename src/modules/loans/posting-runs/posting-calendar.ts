import type { CalendarDate, DayOfWeek } from '../../../kernel/calendar/calendar-date.js';
import { addDays, instantAt } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { requireWholeWeeks } from '../schedule/whole-weeks.js';

export interface PostingTime {
  /** LOAN_POSTING_DAY: the day of the payment week, 0 is its Sunday */
  readonly day: DayOfWeek;
  /** LOAN_POSTING_HOUR: the hour of the day in the fleet's time zone */
  readonly hour: number;
  readonly timeZone: string;
}

/**
 * The latest payment week whose posting time has come. At any later time, also after an outage, this is the latest week
 * that should be posted. Daylight saving changes the instant, not the hour.
 */
export function latestPostingWeek(now: Date, today: CalendarDate, time: PostingTime): PaymentWeek {
  const current = weekOf(today);
  return now >= postingInstant(current, time) ? current : weeksAfter(current, -1);
}

/** The time of the scheduled posting of the week. */
export function postingInstant(week: PaymentWeek, { day, hour, timeZone }: PostingTime): Date {
  return instantAt(addDays(week.start, day), hour, timeZone);
}

/** Whole payment weeks, from a Sunday to a Saturday. */
export interface PostingPeriod {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/**
 * The period of a manual run. It defaults to the current payment week, or to one week if only one end is given. Throws POSTING_PERIOD_INVALID or POSTING_WEEK_NOT_BEGUN.
 */
export function postingPeriod(
  requested: { readonly start?: CalendarDate; readonly end?: CalendarDate; readonly isDryRun: boolean },
  today: CalendarDate,
): PostingPeriod {
  const start = requested.start ?? weekOf(requested.end ?? today).start;
  const end = requested.end ?? weekOf(start).end;
  requireWholeWeeks(
    { start, end },
    { code: 'POSTING_PERIOD_INVALID', start: 'payment_period_start', end: 'payment_period_end' },
  );
  const tooEarly = whyTooEarly(end, requested.isDryRun, today);
  if (tooEarly !== null) throw new DomainError('POSTING_WEEK_NOT_BEGUN', tooEarly);
  return { start, end };
}

/**
 * Why the week that ends on `end` cannot be posted yet, or null. A dry run may include the next week.
 */
export function whyTooEarly(end: CalendarDate, isDryRun: boolean, today: CalendarDate): string | null {
  const [current, next] = [weekOf(today), weeksAfter(weekOf(today), 1)];
  if (end <= (isDryRun ? next : current).end) return null;
  const sentence = `The week of ${weekOf(end).start} has not begun (today is ${today}).`;
  return isDryRun ? `${sentence} A dry run can include the next week, ${next.start}.` : sentence;
}
