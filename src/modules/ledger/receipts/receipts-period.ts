import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { daysBetween } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** The most days that a report of receipts covers: a year. */
export const MAX_RECEIPT_DAYS = 366;

export interface ReceiptsPeriod {
  readonly from: CalendarDate;
  /** The last day */
  readonly to: CalendarDate;
}

/**
 * The days of a report of receipts. Without a last day it ends today, without a first one it is of the last day alone.
 * Throws REPORT_PERIOD_INVALID.
 */
export function receiptsPeriod(
  asked: { readonly from?: CalendarDate; readonly to?: CalendarDate },
  today: CalendarDate,
): ReceiptsPeriod {
  const to = asked.to ?? today;
  const from = asked.from ?? to;
  if (from > to) refuse('from', `from must be on or before to (got ${from} and ${to}).`);
  if (daysBetween(from, to) >= MAX_RECEIPT_DAYS) {
    refuse('from', `The report covers at most ${MAX_RECEIPT_DAYS} days (got ${from} to ${to}).`);
  }
  return { from, to };
}

function refuse(field: string, sentence: string): never {
  throw new DomainError('REPORT_PERIOD_INVALID', sentence, [{ field, message: sentence }]);
}
