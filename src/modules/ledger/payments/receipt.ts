import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { PaymentMethod } from '../postings/posting-kind.js';

/** The most days that a receipt can be in the past. An earlier day is a typing mistake. */
const MAX_DAYS_BACK = 366;

/** How and when the money of a payment was received. */
export interface Receipt {
  readonly method: PaymentMethod;
  readonly receivedOn: CalendarDate;
  readonly note: string | null;
}

/** A receipt as a request contains it. */
interface RequestedReceipt {
  readonly method: PaymentMethod;
  readonly received_on?: CalendarDate;
  readonly note?: string;
}

/**
 * The receipt of a payment. Without a day, the money was received today. Throws VALIDATION_FAILED for a day in the
 * future or more than 366 days ago.
 */
export function receiptOf(requested: RequestedReceipt, today: CalendarDate, field = 'received_on'): Receipt {
  const { method, received_on: receivedOn = today, note = null } = requested;
  const earliest = addDays(today, -MAX_DAYS_BACK);
  if (receivedOn < earliest || receivedOn > today) {
    const message = `received_on must be between ${earliest} and ${today} (got ${receivedOn})`;
    throw new DomainError('VALIDATION_FAILED', `${message}.`, [{ field, message }]);
  }
  return { method, receivedOn, note };
}
