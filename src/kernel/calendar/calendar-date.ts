import { Temporal } from 'temporal-polyfill';

declare const brand: unique symbol;

/** A calendar date `YYYY-MM-DD`: a day, not an instant, so no time zone can shift it. */
export type CalendarDate = string & { readonly [brand]: 'CalendarDate' };

/** The year 0000 is a date to ISO 8601, and none to PostgreSQL. */
const ISO_DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** Sunday is 0, as in the setting LOAN_POSTING_DAY (docs/domain.md, "Weekly posting"). */
export type DayOfWeek = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Whether the text is a date that exists: 2026-02-30 is none. */
export function isCalendarDate(text: unknown): text is CalendarDate {
  if (typeof text !== 'string' || !ISO_DATE.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** Throws RangeError where the text is no date. */
export function calendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) throw new RangeError(`${text} is not a calendar date`);
  return text;
}

/** The date that a clock on the wall in the time zone shows at the instant. */
export function dateAt(instant: Date, timeZone: string): CalendarDate {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDate().toString() as CalendarDate;
}

/** The instant at which a clock on the wall in the time zone shows the full hour of the date. */
export function instantAt(date: CalendarDate, hour: number, timeZone: string): Date {
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: { hour } });
  return new Date(zoned.epochMilliseconds);
}

// A date by itself is midnight UTC to Date, where every day has as many milliseconds: plain arithmetic does, and a
// long schedule is planned four times as fast as with Temporal
const DAY_MS = 86_400_000;

export function addDays(date: CalendarDate, days: number): CalendarDate {
  const [moved] = new Date(Date.parse(date) + days * DAY_MS).toISOString().split('T');
  return moved as CalendarDate;
}

/** Days from the first date to the second; negative where the second is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

export function dayOfWeek(date: CalendarDate): DayOfWeek {
  return new Date(date).getUTCDay() as DayOfWeek;
}

export function yearOf(date: CalendarDate): number {
  return Temporal.PlainDate.from(date).year;
}
