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
  readonly method?: PaymentMethod;
  readonly source_type?: string;
  readonly received_on?: CalendarDate;
  readonly note?: string;
}

/** The source type of what a driver earned in a week. */
const WEEKLY_EARNINGS = 'WEEKLY_EARNINGS';

/**
 * The receipt of a payment. Without a method, weekly earnings count as EARNINGS and everything else as OTHER. Without a day, the money was received today. Throws VALIDATION_FAILED for a day in the
 * future or more than 366 days ago.
 */
export function receiptOf(requested: RequestedReceipt, today: CalendarDate, field = 'received_on'): Receipt {
  const { received_on: receivedOn = today, note = null } = requested;
  const earliest = addDays(today, -MAX_DAYS_BACK);
  if (receivedOn < earliest || receivedOn > today) {
    const message = `received_on must be between ${earliest} and ${today} (got ${receivedOn})`;
    throw new DomainError('VALIDATION_FAILED', `${message}.`, [{ field, message }]);
  }
  return { method: methodOf(requested), receivedOn, note };
}

function methodOf({ method, source_type }: RequestedReceipt): PaymentMethod {
  return method ?? (source_type === WEEKLY_EARNINGS ? 'EARNINGS' : 'OTHER');
}
