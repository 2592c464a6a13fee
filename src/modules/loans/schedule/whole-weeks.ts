import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { isCalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { isSunday, nearestSundays, weekOf } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { ErrorCode } from '../../../kernel/errors/domain-error.js';

/** Whole payment weeks, from a Sunday to a Saturday. */
export interface WholeWeeks {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/** How a period that is none is refused: the code, and the fields that brought it. */
interface Refusal {
  readonly code: ErrorCode;
  readonly start: string;
  readonly end: string;
}

/** Throws the refusal unless the period begins on a Sunday and ends on a Saturday after it. */
export function requireWholeWeeks({ start, end }: WholeWeeks, refusal: Refusal): void {
  const refuse = (field: string, sentence: string): never => {
    throw new DomainError(refusal.code, sentence, [{ field, message: sentence }]);
  };
  if (!isSunday(start)) {
    const [before, after] = nearestSundays(start);
    refuse(refusal.start, `A period begins on a Sunday: ${start} is none, ${before} and ${after} are.`);
  }
  if (weekOf(end).end !== end) {
    refuse(refusal.end, `A period ends on a Saturday, such as ${weekOf(end).end}; ${end} is none.`);
  }
  // a start that nobody gave is counted back from the end
  if (!isCalendarDate(start)) refuse(refusal.end, `${end} lies too near to the first date there is.`);
  if (end < start) refuse(refusal.end, `The period ends on ${end}, before it begins on ${start}.`);
}
