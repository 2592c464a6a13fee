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

/** The error for an invalid period: the code, and the names of the fields. */
interface PeriodError {
  readonly code: ErrorCode;
  readonly start: string;
  readonly end: string;
}

/** Throws the error unless the period begins on a Sunday and ends on a later Saturday. */
export function requireWholeWeeks({ start, end }: WholeWeeks, periodError: PeriodError): void {
  const refuse = (field: string, sentence: string): never => {
    throw new DomainError(periodError.code, sentence, [{ field, message: sentence }]);
  };
  if (!isSunday(start)) {
    const [before, after] = nearestSundays(start);
    refuse(
      periodError.start,
      `The period must begin on a Sunday (got ${start}). The nearest Sundays are ${before} and ${after}.`,
    );
  }
  if (weekOf(end).end !== end) {
    refuse(
      periodError.end,
      `The period must end on a Saturday (got ${end}). Its payment week ends on ${weekOf(end).end}.`,
    );
  }
  // without a given start, the start is computed from the end
  if (!isCalendarDate(start)) refuse(periodError.end, `${end} is too close to the earliest supported date.`);
  if (end < start) refuse(periodError.end, `The period ends on ${end}, before it begins on ${start}.`);
}
