import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';

export interface ApproveLoanInput {
  readonly reason?: string;
  readonly start_week?: CalendarDate;
  readonly dry_run?: boolean;
}

/** Does not extend PreviewLoanInput: class-validator would inherit that the ids are optional. */
export interface CreateLoanInput extends LoanTermsInput {
  readonly driver_id: number;
  readonly lease_id: number;
}

/** The input that a preview and a creation have in common. */
export interface LoanTermsInput {
  readonly loan_amount: Money;
  readonly interest_rate?: Percentage;
  readonly start_week: CalendarDate;
  readonly purpose?: string | null;
  readonly notes?: string | null;
}

/** The input of a creation. A preview needs only the terms; if driver and lease are given, they are checked too. */
export interface PreviewLoanInput extends LoanTermsInput {
  readonly driver_id?: number;
  readonly lease_id?: number;
}

/** Null clears a field. An omitted field does not change. */
export interface UpdateLoanInput {
  readonly purpose?: string | null;
  readonly notes?: string | null;
}
