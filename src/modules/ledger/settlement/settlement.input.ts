import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Earnings } from './settlement-lines.js';

/** How many lines the answer of a run contains at most */
export const MAX_ANSWERED_LINES = 10_000;

/** What a request says about all lines of a run. */
export interface SettlementTerms {
  readonly payment_period_start: CalendarDate;
  /** For lines that have none of their own */
  readonly min_take_home?: string | undefined;
  readonly dry_run?: boolean | undefined;
}

export interface SettlementInput extends SettlementTerms {
  readonly lines: readonly Earnings[];
}
