import type { CalendarDate } from './calendar-date.js';
import { addDays, dayOfWeek } from './calendar-date.js';

/**
 * A week from Sunday to Saturday, named by its Sunday (docs/domain.md, "Payment week"). `start` is the Sunday.
 * `end` is the Saturday on which the week's installments are due.
 */
export interface PaymentWeek {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

export function isSunday(date: CalendarDate): boolean {
  return dayOfWeek(date) === 0;
}

/** The payment week that contains the date. */
export function weekOf(date: CalendarDate): PaymentWeek {
  const start = addDays(date, -dayOfWeek(date));
  return { start, end: addDays(start, 6) };
}

/** The week `count` weeks after the given one. A negative count gives an earlier week. */
export function weeksAfter(week: PaymentWeek, count: number): PaymentWeek {
  return weekOf(addDays(week.start, 7 * count));
}

/** The Sundays before and after a date that is not a Sunday. Error messages suggest them. */
export function nearestSundays(date: CalendarDate): [CalendarDate, CalendarDate] {
  const { start } = weekOf(date);
  return [start, addDays(start, 7)];
}
