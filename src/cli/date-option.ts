import type { CalendarDate } from '../kernel/calendar/calendar-date.js';
import { isCalendarDate } from '../kernel/calendar/calendar-date.js';
import { UsageError } from './usage-error.js';

/** Throws UsageError unless the text is a date. */
export function parseDate(text: string): CalendarDate {
  if (isCalendarDate(text)) return text;
  throw new UsageError(`"${text}" is not a valid date. Use YYYY-MM-DD.`);
}
