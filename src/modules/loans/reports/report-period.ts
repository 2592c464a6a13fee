import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { daysBetween } from '../../../kernel/calendar/calendar-date.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { WholeWeeks } from '../schedule/whole-weeks.js';
import { requireWholeWeeks } from '../schedule/whole-weeks.js';

/** The most weeks of a report: five years. */
export const MAX_REPORT_WEEKS = 260;

const DEFAULT_WEEKS = 8;

/**
 * The period of a report over past weeks. By default it ends with the current week and covers eight weeks. Throws
 * REPORT_PERIOD_INVALID.
 */
export function reportPeriod(
  requested: { readonly start?: CalendarDate; readonly end?: CalendarDate },
  today: CalendarDate,
): WholeWeeks {
  const end = requested.end ?? weekOf(today).end;
  const start = requested.start ?? weeksAfter(weekOf(end), 1 - DEFAULT_WEEKS).start;
  requireWholeWeeks(
    { start, end },
    { code: 'REPORT_PERIOD_INVALID', start: 'period_start', end: 'period_end' },
  );
  const weeks = (daysBetween(start, end) + 1) / 7;
  if (weeks > MAX_REPORT_WEEKS) {
    const sentence = `The report covers at most ${MAX_REPORT_WEEKS} weeks (got ${weeks}, from ${start} to ${end}).`;
    throw new DomainError('REPORT_PERIOD_INVALID', sentence, [{ field: 'period_start', message: sentence }]);
  }
  return { start, end };
}
