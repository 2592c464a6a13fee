import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Money } from '../../../kernel/money/money.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';

/** How many weeks ahead of the current week an obligation may be recorded */
const MAX_WEEKS_AHEAD = 52;
/** How many days after the start of its week an obligation may fall due */
const MAX_DAYS_TO_DUE_DATE = 366;

/** Limits that detect typing mistakes (docs/domain.md, "Plausible entries"). */
export interface EntryLimits {
  readonly today: CalendarDate;
  readonly weeksBack: number;
  readonly maxAmount: Money;
}

interface PaymentEntry {
  readonly amount: Money;
  readonly week: PaymentWeek;
}

interface ObligationEntry extends PaymentEntry {
  readonly dueDate: CalendarDate;
}

/**
 * Throws VALIDATION_FAILED unless the amount is greater than 0.00, AMOUNT_OUT_OF_RANGE if it is too high, and
 * PAYMENT_WEEK_OUT_OF_RANGE unless the week is the current or a recent one.
 */
export function checkPayment({ amount, week }: PaymentEntry, limits: EntryLimits): void {
  checkAmount(amount, limits);
  checkWeek(week, limits, 0);
}

/**
 * As `checkPayment`, but also allows weeks ahead. Throws DUE_DATE_OUT_OF_RANGE unless the obligation falls due within a
 * year from the start of its week.
 */
export function checkCharge({ amount, week, dueDate }: ObligationEntry, limits: EntryLimits): void {
  checkAmount(amount, limits);
  checkWeek(week, limits, MAX_WEEKS_AHEAD);
  const last = addDays(week.start, MAX_DAYS_TO_DUE_DATE);
  if (dueDate < week.start || dueDate > last) {
    const sentence = `due_date must be between ${week.start} and ${last} (got ${dueDate}).`;
    refuse('DUE_DATE_OUT_OF_RANGE', 'due_date', sentence);
  }
}

/** Throws VALIDATION_FAILED unless the amount is greater than 0.00, and AMOUNT_OUT_OF_RANGE if it is too high. */
export function checkAmount(amount: Money, { maxAmount }: EntryLimits): void {
  if (!amount.isPositive()) refuse('VALIDATION_FAILED', 'amount', 'amount must be greater than 0.00.');
  if (!amount.isGreaterThan(maxAmount)) return;
  refuse(
    'AMOUNT_OUT_OF_RANGE',
    'amount',
    `amount must be at most ${printedDollars(maxAmount)} (got ${printedDollars(amount)}).`,
  );
}

/** Throws PAYMENT_WEEK_OUT_OF_RANGE unless the week is the current, a recent or a coming one. */
export function checkWeek(week: PaymentWeek, { today, weeksBack }: EntryLimits, weeksAhead: number): void {
  const current = weekOf(today);
  const [first, last] = [weeksAfter(current, -weeksBack).start, weeksAfter(current, weeksAhead).start];
  if (week.start >= first && week.start <= last) return;
  const sentence = `payment_period_start must be between ${first} and ${last} (got ${week.start}).`;
  refuse('PAYMENT_WEEK_OUT_OF_RANGE', 'payment_period_start', sentence);
}

type EntryError =
  'VALIDATION_FAILED' | 'AMOUNT_OUT_OF_RANGE' | 'PAYMENT_WEEK_OUT_OF_RANGE' | 'DUE_DATE_OUT_OF_RANGE';

function refuse(code: EntryError, field: string, sentence: string): never {
  throw new DomainError(code, sentence, [{ field, message: sentence }]);
}
