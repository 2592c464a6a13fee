import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** A lease may last a single day; one without an end runs until further notice. Throws LEASE_DATES_INVALID. */
export function requireLeasePeriod(start: CalendarDate, end: CalendarDate | null): void {
  if (end !== null && end < start) {
    throw new DomainError(
      'LEASE_DATES_INVALID',
      `The lease would end on ${end}, before it starts on ${start}.`,
    );
  }
}
