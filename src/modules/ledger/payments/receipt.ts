import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { PaymentMethod } from '../postings/posting-kind.js';

/** A receipt is dated at most so many days back: an earlier day is a slip of the hand. */
const MAX_DAYS_BACK = 366;

/** How and when the money of a payment came in. */
export interface Receipt {
  readonly method: PaymentMethod;
  readonly receivedOn: CalendarDate;
  readonly note: string | null;
}

/** A receipt as a request states it. */
interface StatedReceipt {
  readonly method: PaymentMethod;
  readonly received_on?: CalendarDate;
  readonly note?: string;
}

/**
 * The receipt of a payment; without a day, the money came in today. Throws VALIDATION_FAILED for a day that is still to
 * come, or more than 366 days ago.
 */
export function receiptOf(stated: StatedReceipt, today: CalendarDate, field = 'received_on'): Receipt {
  const { method, received_on: receivedOn = today, note = null } = stated;
  const earliest = addDays(today, -MAX_DAYS_BACK);
  if (receivedOn < earliest || receivedOn > today) {
    const message = `received_on must be between ${earliest} and ${today} (got ${receivedOn})`;
    throw new DomainError('VALIDATION_FAILED', `${message}.`, [{ field, message }]);
  }
  return { method, receivedOn, note };
}
