import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { isCalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { isSunday, nearestSundays, weekOf } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** The payment week of a posting. Throws PERIOD_NOT_A_PAYMENT_WEEK unless it runs from a Sunday to its Saturday. */
export function ledgerWeek(
  start: CalendarDate,
  end?: CalendarDate,
  startField = 'payment_period_start',
): PaymentWeek {
  if (!isSunday(start)) {
    const [before, after] = nearestSundays(start);
    refuse(startField, `${start} is not a Sunday; the nearest Sundays are ${before} and ${after}.`);
  }
  const week = weekOf(start);
  if (!isCalendarDate(week.end)) {
    refuse(startField, `The payment week of ${start} ends after the latest supported date.`);
  }
  if (end !== undefined && end !== week.end) {
    refuse('payment_period_end', `The payment week of ${start} ends on ${week.end}, not on ${end}.`);
  }
  return week;
}

function refuse(field: string, sentence: string): never {
  throw new DomainError('PERIOD_NOT_A_PAYMENT_WEEK', sentence, [{ field, message: sentence }]);
}
