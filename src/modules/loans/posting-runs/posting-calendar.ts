import type { CalendarDate, DayOfWeek } from '../../../kernel/calendar/calendar-date.js';
import { addDays, instantAt } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { requireWholeWeeks } from '../schedule/whole-weeks.js';

export interface PostingTime {
  /** LOAN_POSTING_DAY: the day of the payment week, 0 is its Sunday */
  readonly day: DayOfWeek;
  /** LOAN_POSTING_HOUR: the full hour in the fleet's time zone */
  readonly hour: number;
  readonly timeZone: string;
}

/**
 * The latest payment week whose posting time has come. Asked again at any later moment, also after an outage,
 * it names the week that should have been posted by then. Daylight saving moves the instant, not the hour.
 */
export function latestPostingWeek(now: Date, today: CalendarDate, time: PostingTime): PaymentWeek {
  const current = weekOf(today);
  return now >= postingInstant(current, time) ? current : weeksAfter(current, -1);
}

/** When the week is posted by itself. */
export function postingInstant(week: PaymentWeek, { day, hour, timeZone }: PostingTime): Date {
  return instantAt(addDays(week.start, day), hour, timeZone);
}

/** Whole payment weeks, from a Sunday to a Saturday. */
export interface PostingPeriod {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/**
 * The period of a run by hand; the current payment week where none is asked for, one week where only its start is. A dry
 * run may also look at the coming week. Throws POSTING_PERIOD_INVALID or POSTING_WEEK_NOT_BEGUN.
 */
export function postingPeriod(
  asked: { readonly start?: CalendarDate; readonly end?: CalendarDate; readonly isDryRun: boolean },
  today: CalendarDate,
): PostingPeriod {
  const start = asked.start ?? weekOf(asked.end ?? today).start;
  const end = asked.end ?? weekOf(start).end;
  requireWholeWeeks(
    { start, end },
    { code: 'POSTING_PERIOD_INVALID', start: 'payment_period_start', end: 'payment_period_end' },
  );
  const [current, coming] = [weekOf(today), weeksAfter(weekOf(today), 1)];
  if (end > (asked.isDryRun ? coming : current).end) {
    const sentence = `The week of ${weekOf(end).start} has not begun; today is ${today}.`;
    const advice = ` A dry run may look at the coming week, ${coming.start}.`;
    throw new DomainError('POSTING_WEEK_NOT_BEGUN', asked.isDryRun ? sentence + advice : sentence);
  }
  return { start, end };
}
