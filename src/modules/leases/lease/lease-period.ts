import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** A date beyond these is a slip of the hand. */
const [EARLIEST, LATEST] = ['1950-01-01', '2149-12-31'];

/**
 * A lease may last a single day; one without an end runs until further notice. Throws LEASE_DATES_INVALID.
 *
 * @param before the dates that the lease has, which may stay whatever they are
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
      `The lease would end on ${end}, before it starts on ${start}.`,
    );
  }
}
