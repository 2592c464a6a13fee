import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** Dates outside this range are considered typing mistakes. */
const [EARLIEST, LATEST] = ['1950-01-01', '2149-12-31'];

/**
 * Checks the dates of a lease, which may last one day or have no end. Throws LEASE_DATES_INVALID.
 *
 * @param before the current dates of the lease, which are always accepted
 */
export function requireLeasePeriod(
  start: CalendarDate,
  end: CalendarDate | null,
  before: readonly (CalendarDate | null)[] = [],
): void {
  for (const [field, date] of Object.entries({ start_date: start, end_date: end })) {
    if (date === null || before.includes(date) || (date >= EARLIEST && date <= LATEST)) continue;
    const sentence = `${field} must be between ${EARLIEST} and ${LATEST} (got ${date})`;
    throw new DomainError('LEASE_DATES_INVALID', `${sentence}.`, [{ field, message: sentence }]);
  }
  if (end !== null && end < start) {
    throw new DomainError(
      'LEASE_DATES_INVALID',
      `The lease must not end (${end}) before it starts (${start}).`,
    );
  }
}
