import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { daysBetween } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** The most days of a report of receipts: a leap year. */
export const MAX_RECEIPT_DAYS = 366;

export interface ReceiptsPeriod {
  readonly from: CalendarDate;
  /** The last day */
  readonly to: CalendarDate;
}

/**
 * The period of a report of receipts. The last day defaults to today, the first day to the last day. Throws
 * REPORT_PERIOD_INVALID.
 */
export function receiptsPeriod(
  requested: { readonly from?: CalendarDate; readonly to?: CalendarDate },
  today: CalendarDate,
): ReceiptsPeriod {
  const to = requested.to ?? today;
  const from = requested.from ?? to;
  if (from > to) refuse('from', `from must be on or before to (got ${from} and ${to}).`);
  if (daysBetween(from, to) >= MAX_RECEIPT_DAYS) {
    refuse('from', `The report covers at most ${MAX_RECEIPT_DAYS} days (got ${from} to ${to}).`);
  }
  return { from, to };
}

function refuse(field: string, sentence: string): never {
  throw new DomainError('REPORT_PERIOD_INVALID', sentence, [{ field, message: sentence }]);
}
